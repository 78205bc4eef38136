package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.AccessToken;

/** Words of the other side on their way into a reason or a log: short, on one line, and without our token. */
final class ServerText {

    private static final int LONGEST = 200;

    private ServerText() {}

    static String clean(String text) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** A server may quote the token that it refuses. */
    static String clean(String text, AccessToken token) {
        return clean(text == null || token == null ? text : text.replace(token.value(), "***"));
    }
}
