package io.github.cxoneassist.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the audit log says of each suggestion, read as a story: what may follow what, whoever was faster. Knows nothing of
 * when it should have happened.
 */
final class ModelLives {

    private enum State {
        /** Never was, or is as if it had not been. */
        NOTHING,
        HELD,
        INJECTED,
        /** It could not be sent, and its source knows; its slot may still end before it is given back. */
        GIVEN_BACK,
        OVER
    }

    private static final class Life {
        private final List<String> rows = new ArrayList<>();
        private State state = State.NOTHING;
        private boolean acknowledged;
    }

    /** By interaction and id. */
    private final Map<String, Map<String, Life>> lives = new HashMap<>();

    private final List<String> nonsense = new ArrayList<>();

    void read(PipelineUnderModel.Row row) {
        Life life = lives.computeIfAbsent(row.interactionId(), id -> new TreeMap<>())
                .computeIfAbsent(row.suggestionId(), id -> new Life());
        life.rows.add(row.line());
        boolean sense =
                switch (row.event()) {
                    case "held" -> to(life, State.HELD, State.NOTHING, State.GIVEN_BACK);
                    case "injected" -> to(life, State.INJECTED, State.NOTHING, State.GIVEN_BACK, State.HELD);
                    case "superseded" -> to(life, State.NOTHING, State.HELD);
                    case "expired" -> to(life, State.OVER, State.HELD, State.INJECTED, State.GIVEN_BACK);
                    case "accepted", "dismissed" -> to(life, State.OVER, State.INJECTED);
                    case "ack_received" -> acknowledge(life);
                    case "dispatch_failed" -> life.state == State.OVER || to(life, State.GIVEN_BACK, State.INJECTED);
                    default -> true;
                };
        if (!sense) {
            nonsense.add(row.interactionId() + " " + row.suggestionId() + ": " + life.rows);
        }
    }

    private static boolean to(Life life, State next, State... from) {
        boolean sense = Set.of(from).contains(life.state);
        life.state = next;
        if (next == State.NOTHING || next == State.GIVEN_BACK) {
            life.acknowledged = false;
        }
        return sense;
    }

    private static boolean acknowledge(Life life) {
        boolean sense = !life.acknowledged && (life.state == State.INJECTED || life.state == State.OVER);
        life.acknowledged = true;
        return sense;
    }

    /** What cannot follow what came before it. */
    List<String> nonsense() {
        return nonsense;
    }

    /** What neither ended nor was given back. */
    List<String> open() {
        List<String> open = new ArrayList<>();
        lives.forEach((interaction, ids) -> ids.forEach((id, life) -> {
            if (life.state == State.HELD || life.state == State.INJECTED) {
                open.add(interaction + " " + id + ": " + life.rows);
            }
        }));
        return open;
    }

    Set<String> of(String interactionId) {
        return lives.getOrDefault(interactionId, Map.of()).keySet();
    }

    boolean was(String interactionId, String id, String event) {
        Life life = lives.getOrDefault(interactionId, Map.of()).get(id);
        return life != null && life.rows.contains(event);
    }
}
