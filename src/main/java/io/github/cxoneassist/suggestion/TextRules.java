package io.github.cxoneassist.suggestion;

import java.util.regex.Pattern;

/** What a text may hold before it reaches an agent's screen, a header or a database. */
final class TextRules {

    /** Where an HTML parser would leave plain text; a lone {@code <} as in "2 < 3" is only text. */
    private static final Pattern TAG_OPEN = Pattern.compile("<[A-Za-z/!?]");

    private TextRules() {}

    /** True where nothing can be seen; {@link String#isBlank} takes U+00A0 and U+200B for something. */
    static boolean isBlank(String text) {
        return text.codePoints().allMatch(TextRules::isInvisible);
    }

    /** Whether it holds no control character (but {@code \n} and {@code \t} where lines are allowed) and no trick. */
    static boolean isSafe(String text, boolean linesAllowed) {
        return text.codePoints().allMatch(c -> linesAllowed && (c == '\n' || c == '\t') || isSafe(c));
    }

    static boolean holdsMarkup(String text) {
        return TAG_OPEN.matcher(text).find();
    }

    /** In code points, as JSON Schema and SQL count. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            // half a surrogate pair becomes '?' in UTF-8 without an error: two ids would become one
            case Character.CONTROL, Character.SURROGATE -> false;
            default -> !isBidiControl(c);
        };
    }

    /** Embeddings, overrides and isolates: they make a text read differently from what it is. */
    private static boolean isBidiControl(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || isFiller(c);
    }

    /** Letters, marks and symbols by category that draw nothing: Hangul fillers, the empty Braille cell, selectors. */
    private static boolean isFiller(int c) {
        return switch (c) {
            case 0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF;
        };
    }
}
