package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the operators' chains say of legal holds, held against the table that stops erasure: a hold that nobody set stops what has to
 * go, and one that was taken away lets go what has to stay.
 */
final class HoldsOnRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What became of the holds of one interaction. */
    private static final class Word {
        /** How often it was set and not released. */
        private int open;
        /** Whether it was set last. */
        private boolean set;

        private String lastSetBy;
        private long lastSetAt;
    }

    private final Map<String, Word> words = new TreeMap<>();

    /**
     * To be called in the order of their times.
     *
     * @param event as in a row
     * @param interactionId null where it is of all, or of none
     */
    void heard(String node, long seq, String event, String interactionId, String details) {
        String held = saysAll(details) ? LegalHolds.ALL : interactionId;
        if (held == null) {
            // a row that does not tell what was held: its hash, checked elsewhere, says whether it was changed
            return;
        }
        Word word = words.computeIfAbsent(held, id -> new Word());
        word.set = JournalEvent.LEGAL_HOLD_SET.wireName().equals(event);
        word.open += word.set ? 1 : -1;
        if (word.set) {
            word.lastSetBy = node;
            word.lastSetAt = seq;
        }
    }

    /**
     * What does not agree. Two nodes' operators may set and release one hold while their clocks differ, so the order of their rows
     * and their number are both asked, and nobody is accused whom one of them clears.
     *
     * @param held the interactions in the table
     */
    List<Finding> findings(Set<String> held) {
        List<Finding> findings = new ArrayList<>();
        for (String id : held) {
            Word word = words.get(id);
            if (word == null || word.open <= 0 && !word.set) {
                findings.add(new Finding(
                        "-",
                        0,
                        Finding.Kind.LEGAL_HOLD,
                        "the legal hold on " + what(id) + " was set by nobody: no row of an operator says so"));
            }
        }
        words.forEach((id, word) -> {
            if (!held.contains(id) && word.open > 0 && word.set) {
                findings.add(new Finding(
                        word.lastSetBy,
                        word.lastSetAt,
                        Finding.Kind.LEGAL_HOLD,
                        "the legal hold on " + what(id) + " is gone: row " + word.lastSetAt + " of " + word.lastSetBy
                                + " says that it was set, and none that it was released"));
            }
        });
        return findings;
    }

    private static String what(String id) {
        return new LegalHolds.Hold(id, null, null).what();
    }

    private static boolean saysAll(String details) {
        try {
            JsonNode read = JSON.readTree(details);
            return read != null && read.path("all").asBoolean();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return false;
        }
    }
}
