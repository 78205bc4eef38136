package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SimulatedAgentTest {

    private static final Instant T = Instant.parse("2026-11-22T08:00:00Z");

    /** Keeps what was to happen later, and its delay, until told to run it. */
    private static final class PaperDesktop implements Desktop {
        final List<String> said = new ArrayList<>();
        final List<Duration> delays = new ArrayList<>();
        final Deque<Runnable> pending = new ArrayDeque<>();

        @Override
        public Future<Integer> acknowledge(String interactionId, String suggestionId, Map<String, ?> more) {
            said.add("ack " + interactionId + " " + suggestionId);
            return Future.succeededFuture(1);
        }

        @Override
        public Future<Integer> accept(String interactionId, String suggestionId, Map<String, ?> more) {
            said.add("accept " + interactionId + " " + suggestionId);
            return Future.succeededFuture(1);
        }

        @Override
        public Future<Integer> dismiss(String interactionId, String suggestionId, Map<String, ?> more) {
            said.add("dismiss " + interactionId + " " + suggestionId);
            return Future.succeededFuture(1);
        }

        @Override
        public void later(Duration delay, Runnable action) {
            delays.add(delay);
            pending.add(action);
        }

        void runAll() {
            while (!pending.isEmpty()) {
                pending.remove().run();
            }
        }

        long count(String verb) {
            return said.stream().filter(line -> line.startsWith(verb)).count();
        }
    }

    private final PaperDesktop desktop = new PaperDesktop();
    private final SimulatedAgent agent = new SimulatedAgent(new SplittableRandom(7));

    private static ReceivedSuggestion suggestion(String id) {
        return ReceivedSuggestion.first(
                new SuggestionFrame("i", id, "text", "HIGH", 0.9, T, T.plusSeconds(60), T), 1, T);
    }

    @Test
    void aboutSixtyOfAHundredAreAcceptedAndThirtyDismissedAndAllAcknowledged() {
        agent.sitsDownAt(desktop);
        for (int n = 0; n < 10_000; n++) {
            agent.sees(suggestion("s" + n));
        }
        desktop.runAll();
        assertThat(desktop.count("ack")).isEqualTo(10_000);
        assertThat(desktop.count("accept")).isBetween(5_800L, 6_200L);
        assertThat(desktop.count("dismiss")).isBetween(2_800L, 3_200L);
    }

    @Test
    void theAckComesSoonAndTheDecisionAfterIt() {
        agent.sitsDownAt(desktop);
        for (int n = 0; n < 1_000; n++) {
            agent.sees(suggestion("s" + n));
            desktop.runAll();
        }
        for (int n = 0; n < desktop.delays.size(); n += 2) {
            assertThat(desktop.delays.get(n)).isBetween(Duration.ofMillis(20), Duration.ofMillis(120));
            assertThat(desktop.delays.get(n + 1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(2_500));
        }
        assertThat(desktop.said.get(0)).isEqualTo("ack i s0");
    }

    @Test
    void whatComesAgainIsAcknowledgedAgainAndDecidedOnce() {
        agent.sitsDownAt(desktop);
        for (int n = 0; n < 100; n++) {
            agent.sees(suggestion("s").sentAgain(2));
        }
        desktop.runAll();
        assertThat(desktop.said).hasSize(100).containsOnly("ack i s");
    }
}
