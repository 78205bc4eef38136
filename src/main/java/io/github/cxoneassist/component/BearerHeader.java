package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.TokenException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Authorization: Bearer …} by RFC 6750, to the letter. Its errors quote nothing of it. Pure. */
final class BearerHeader {

    static final String NAME = "Authorization";

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]+=*)");

    private final String who;

    BearerHeader(String who) {
        this.who = who;
    }

    String token(Object value) throws TokenException {
        if (value == null) {
            throw wrong("set no header " + NAME);
        }
        if (!(value instanceof String text)) {
            throw wrong("set a header " + NAME + " that is no text, but "
                    + value.getClass().getSimpleName());
        }
        Matcher matcher = BEARER.matcher(text);
        if (matcher.matches()) {
            return matcher.group(1);
        }
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("bearer")) {
            throw wrong("set a header " + NAME + " with a blank token");
        }
        throw wrong(
                lower.startsWith("bearer ")
                        ? "set a header " + NAME + " whose token has blanks or other signs that no token has"
                        : "set a header " + NAME + " that is not Bearer");
    }

    private TokenException wrong(String what) {
        return TokenException.giveUp(who + " " + what + "; it has to be 'Bearer', a blank and the token");
    }
}
