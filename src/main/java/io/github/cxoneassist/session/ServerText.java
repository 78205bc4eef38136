package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.AccessToken;

/** Words of the other side on their way into a reason or a log: short, on one line, and without our token. */
final class ServerText {

    private static final int LONGEST = 200;
    // enough of a token to know it by
    private static final int TELLING = 16;

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
        return clean(hide(text, token));
    }

    /** Also where only its beginning is there: a close frame has room for no more. */
    static String hide(String text, AccessToken token) {
        if (text == null || token == null) {
            return text;
        }
        String value = token.value();
        String telling = value.substring(0, Math.min(TELLING, value.length()));
        StringBuilder hidden = new StringBuilder(text);
        for (int at = hidden.indexOf(telling); at >= 0; at = hidden.indexOf(telling, at)) {
            int length = telling.length();
            while (length < value.length()
                    && at + length < hidden.length()
                    && hidden.charAt(at + length) == value.charAt(length)) {
                length++;
            }
            hidden.replace(at, at + length, "***");
            at += "***".length();
        }
        return hidden.toString();
    }
}
