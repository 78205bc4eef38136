package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Up to where the rows of each node were archived and removed, as its operators' chain tells it. A row of such a chain is
 * an excuse for rows that are gone, so it is worth no more than what vouches for it.
 */
final class Archived {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a row says of rows that are gone.
     *
     * @param row the number of the row that says it
     * @param keyed whether its hash is keyed, and not only bound by one that comes later
     * @param doubt why it is not to be believed; null where it is
     */
    record Word(AuditReport.Archive archive, long row, boolean keyed, String doubt) {}

    private final List<Word> words = new ArrayList<>();

    /** The hash of the first row that a node ever wrote, where that row has been archived. */
    static Optional<String> logId(JournalReader reader, String node) {
        for (JournalRow row :
                reader.after(OperatorChain.nodeOf(node), 0, Set.of(JournalEvent.ARCHIVED), Integer.MAX_VALUE)) {
            try {
                JsonNode details = JSON.readTree(row.details());
                if (node.equals(details.path("node").textValue())
                        && details.path("logId").isTextual()) {
                    return Optional.of(details.path("logId").textValue());
                }
            } catch (JsonProcessingException | IllegalArgumentException e) {
                // as below
            }
        }
        return Optional.empty();
    }

    /** What the row says was archived of the node whose operators write the row's chain; of no other may they speak. */
    static Optional<AuditReport.Archive> read(JournalRow row) {
        if (!JournalEvent.ARCHIVED.wireName().equals(row.event())) {
            return Optional.empty();
        }
        try {
            JsonNode details = JSON.readTree(row.details());
            String node = details.path("node").textValue();
            if (node == null
                    || node.endsWith(AuditVerifier.OPERATOR)
                    || !row.node().equals(OperatorChain.nodeOf(node))
                    || !details.path("seq").canConvertToLong()) {
                return Optional.empty();
            }
            return Optional.of(new AuditReport.Archive(
                    node,
                    details.path("firstSeq").asLong(1),
                    details.path("seq").asLong(),
                    details.path("file").textValue(),
                    details.path("sha256").textValue()));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // a row that does not tell what was archived: its hash, checked elsewhere, says whether it was changed
            return Optional.empty();
        }
    }

    void add(Word word) {
        words.add(word);
    }

    /** What is said of rows up to this one, and this one; what is to be believed comes before what is not. */
    Optional<Word> upTo(String node, long seq) {
        return of(node).stream()
                .filter(word -> word.archive().seq() == seq)
                .min(Comparator.comparing(word -> word.doubt() != null));
    }

    /** What is said of the node's highest row. */
    Optional<Word> last(String node) {
        return of(node).stream()
                .max(Comparator.comparingLong(word -> word.archive().seq()))
                .flatMap(word -> upTo(node, word.archive().seq()));
    }

    /** All that is to be believed. */
    List<AuditReport.Archive> all() {
        return words.stream()
                .filter(word -> word.doubt() == null)
                .map(Word::archive)
                .toList();
    }

    private List<Word> of(String node) {
        return words.stream().filter(word -> word.archive().node().equals(node)).toList();
    }
}
