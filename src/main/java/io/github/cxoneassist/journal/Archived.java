package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Up to where the rows of each node were archived and removed, as the operators' chains tell it. */
final class Archived {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Set<Long>> byNode = new HashMap<>();

    /** Rows up to this one, and this one. */
    boolean upTo(String node, long seq) {
        return byNode.getOrDefault(node, Set.of()).contains(seq);
    }

    long last(String node) {
        return byNode.getOrDefault(node, Set.of()).stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

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

    /** Reads a row of an operator. */
    void note(JournalRow row) {
        if (!JournalEvent.ARCHIVED.wireName().equals(row.event())) {
            return;
        }
        try {
            JsonNode details = JSON.readTree(row.details());
            if (details.path("node").isTextual() && details.path("seq").canConvertToLong()) {
                byNode.computeIfAbsent(details.path("node").asText(), node -> new HashSet<>())
                        .add(details.path("seq").asLong());
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // a row that does not tell what was archived: its hash, checked elsewhere, says whether it was changed
        }
    }
}
