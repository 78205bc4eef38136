package io.github.cxoneassist.journal;

/**
 * RFC 8785 text of a row. Written by hand because its shape is fixed and each row passes here when it is written and
 * whenever it is verified: the general way parses and sorts what is in order already.
 */
final class CanonicalRow {
    static final String PLAIN_FORMAT = "cxone-assist-journal/1";
    static final String KEYED_FORMAT = "cxone-assist-journal/2";

    private CanonicalRow() {}

    /** What the row's hash is over. */
    static String hashed(JournalRow row) {
        return text(row, false);
    }

    /** The same with the hash itself in it: a leaf of a checkpoint's tree, and a line of an export. */
    static String leaf(JournalRow row) {
        return text(row, true);
    }

    private static String text(JournalRow row, boolean withHash) {
        StringBuilder text = new StringBuilder(256 + length(row.details()));
        // the names in the order of RFC 8785
        member(text.append('{'), "at", row.atText());
        member(text.append(','), "details", row.details());
        member(text.append(','), "event", row.event());
        member(text.append(','), "format", row.keyId() == null ? PLAIN_FORMAT : KEYED_FORMAT);
        if (withHash) {
            member(text.append(','), "hash", row.hash());
        }
        member(text.append(','), "interactionId", row.interactionId());
        if (row.keyId() != null) {
            member(text.append(','), "keyId", row.keyId());
        }
        member(text.append(','), "node", row.node());
        member(text.append(','), "prevHash", row.prevHash());
        member(text.append(','), "reason", row.reason());
        text.append(",\"seq\":").append(row.seq());
        member(text.append(','), "suggestionId", row.suggestionId());
        return text.append('}').toString();
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    private static void member(StringBuilder text, String name, String value) {
        text.append('"').append(name).append("\":");
        CanonicalJson.write(value, text);
    }
}
