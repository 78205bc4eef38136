package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who is told what, in which order and how much of it at once. */
class WebhookOrderTest extends WebhookEngineFixture {

    @Test
    void everySubscriberIsToldOnceOfAllThatIsCommittedAfterTheStart() {
        feed.append(3, 1);
        try (Receiver one = new WillingReceiver();
                Receiver other = new WillingReceiver()) {
            start(one.subscriber("one"), other.subscriber("other"));
            append(300, 7);

            awaitSettled("one", 303);
            awaitSettled("other", 303);
            for (Receiver receiver : List.of(one, other)) {
                assertThat(receiver.seqs())
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.rangeClosed(4, 303).boxed().toList());
                assertInOrder(receiver);
            }
        }
    }

    @Test
    void interactionsGoInParallelAsFarAsTheSubscriberAllows() {
        try (ReceiverThatAnswersLate slow = new ReceiverThatAnswersLate(10)) {
            start(slow.subscriber("slow"));
            append(60, 20);

            awaitSettled("slow", 60);
            assertThat(slow.mostAtOnce()).isEqualTo(Subscriber.DEFAULT_PARALLEL);
            assertThat(slow.requests()).hasSize(60);
            assertInOrder(slow);
        }
    }

    @Test
    void oneAtATimeIsTheOrderOfTheLog() {
        try (ReceiverThatAnswersLate slow = new ReceiverThatAnswersLate(1)) {
            start(with(slow.subscriber("slow"), false, 1));
            append(100, 9);

            awaitSettled("slow", 100);
            assertThat(slow.seqs()).isSorted().hasSize(100);
            assertThat(slow.mostAtOnce()).isEqualTo(1);
        }
    }

    @Test
    void anEventThatFailsWaitsWithItsInteractionAndTheOthersGoOn() {
        try (Receiver receiver = new ReceiverThatDislikesAnEvent(1, 500, 4)) {
            start(receiver.subscriber("kb"));
            append(40, 2);

            await().until(() -> engine.delivered.get() == 40);
            Map<String, List<Long>> byInteraction = byInteraction(receiver);
            assertThat(byInteraction.get("call-1")).isSorted().hasSize(20).doesNotHaveDuplicates();
            assertThat(byInteraction.get("call-0").subList(0, 5)).containsOnly(1L);
            assertThat(byInteraction.get("call-0").subList(4, 24)).isSorted().doesNotHaveDuplicates();
            assertThat(engine.retried).hasValue(4);
            await().untilAsserted(() ->
                    assertThat(engine.query("SELECT seq FROM webhook_retry")).isEmpty());
        }
    }

    @Test
    void theIdOfAnEventIsTheSameOnEveryTry() {
        try (Receiver receiver = new ReceiverThatDislikesAnEvent(1, 500, 3)) {
            start(receiver.subscriber("kb"));
            append(1, 1);

            await().until(() -> engine.delivered.get() == 1);
            assertThat(receiver.requests())
                    .hasSize(4)
                    .extracting(Receiver.Request::id)
                    .containsOnly("msg_node-1_1");
        }
    }

    @Test
    void aReplayIsToldUnderTheSameIds() throws Exception {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(3, 400)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(5, 1);
            await().until(() -> engine.dead.size() == 3);
            awaitSettled("kb", 5);
            // the feed of the tests is no log, and only what is in the log is told again
            engine.execute("INSERT INTO audit_event (node, seq, at, event, interaction_id, details, prev_hash, hash)"
                    + " SELECT node, seq, at, 'accepted', interaction_id, '{}', '', 'h' FROM webhook_dead");
            DeadLetters letters = new DeadLetters(engine.database, "main", "node-1", Clock.systemUTC());

            assertThat(letters.list("kb", 10))
                    .extracting(DeadLetters.Letter::id)
                    .containsExactly("msg_node-1_1", "msg_node-1_2", "msg_node-1_3");
            assertThat(letters.replay("kb", done -> {})).isEqualTo(3);

            await().until(() -> engine.delivered.get() == 5);
            assertThat(receiver.requests())
                    .extracting(Receiver.Request::id)
                    .containsExactly(IntStream.of(1, 2, 3, 4, 5, 1, 2, 3)
                            .mapToObj(seq -> "msg_node-1_" + seq)
                            .toArray(String[]::new));
            assertThat(letters.list("kb", 10)).isEmpty();
        }
    }
}
