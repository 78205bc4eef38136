package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.Objects;

/** Holds each text that is still there against the SHA-256 in its row. */
final class TextVerifier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String node;
    private final Iterator<SuggestionText> all;
    private final Findings findings;
    private SuggestionText next;

    TextVerifier(String node, Iterator<SuggestionText> texts, Findings findings) {
        this.node = node;
        this.all = texts;
        this.findings = findings;
        advance();
    }

    /** @param row null where it could not be read */
    void passed(long seq, JournalRow row) {
        while (next != null && next.seq() < seq) {
            withoutRow();
        }
        while (next != null && next.seq() == seq) {
            if (row != null) {
                check(row);
            }
            advance();
        }
    }

    void end() {
        while (next != null) {
            withoutRow();
        }
    }

    private void check(JournalRow row) {
        if (next.content() == null || !Sha256.hex(next.content()).equals(digest(row))) {
            found("the text of row " + row.seq() + " is not the one that the row has the SHA-256 of");
        } else if (!Objects.equals(next.interactionId(), row.interactionId())) {
            found("the text of row " + row.seq() + " names another interaction than the row");
        }
    }

    private void withoutRow() {
        found("there is a text for row " + next.seq() + ", and no such row");
        advance();
    }

    private static String digest(JournalRow row) {
        try {
            return JSON.readTree(row.details())
                    .path(JournalEntry.CONTENT_SHA256)
                    .textValue();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return null;
        }
    }

    private void found(String what) {
        findings.add(new Finding(node, next.seq(), Finding.Kind.TEXT_CHANGED, what));
    }

    private void advance() {
        next = all.hasNext() ? all.next() : null;
    }
}
