package io.github.cxoneassist.journal;

/** Text that every database and UTF-8 can hold, so that what is read back is what was hashed. */
final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The text with NUL and unpaired surrogates replaced by U+FFFD; null stays null. */
    static String of(String text) {
        if (text == null || isStorable(text)) {
            return text;
        }
        StringBuilder storable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> storable.appendCodePoint(isStorable(c) ? c : REPLACEMENT));
        return storable.toString();
    }

    // a loop: every text of every row comes by
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            if (!isStorable(codePoint)) {
                return false;
            }
            i += Character.charCount(codePoint);
        }
        return true;
    }

    private static boolean isStorable(int codePoint) {
        // codePointAt() and codePoints() have joined all proper pairs: a surrogate that is left stands alone
        return codePoint != 0 && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
