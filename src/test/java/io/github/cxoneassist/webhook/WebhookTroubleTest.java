package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose trouble it is: that of the subscriber, which costs no event anything, or that of one event. */
class WebhookTroubleTest extends WebhookEngineFixture {

    private static final DeliveryRules BRIEF =
            rules(new RetrySchedule(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(300), 0.2));

    @ParameterizedTest
    @CsvSource({"503, 4", "502, 4", "504, 4", "429, 4", "0, 4", "503, 1", "0, 1"})
    void anEventThatAlwaysMeetsTroubleIsDeadInTheEndAndAllOthersAreTold(int status, int parallel) {
        try (Receiver receiver = new ReceiverThatStumblesOverAnEvent(Map.of(1L, status))) {
            engine = new Engine(folder, feed, BRIEF, with(receiver.subscriber("kb"), false, parallel)).start();
            append(600, 60);

            awaitSettled("kb", 600);
            await().until(() -> engine.delivered.get() == 599);
            assertThat(engine.dead).singleElement().satisfies(death -> {
                assertThat(death.seq()).isEqualTo(1);
                assertThat(death.tries()).isGreaterThan(2);
            });
            assertThat(receiver.seqs().stream().filter(seq -> seq != 1))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(2, 600).boxed().toList());
        }
    }

    @Test
    void moreOfThemThanGoInParallelHoldNobodyUpEither() {
        Map<Long, Integer> trouble = Map.of(1L, 503, 2L, 503, 3L, 0, 4L, 504, 5L, 503, 6L, 502);
        try (Receiver receiver = new ReceiverThatStumblesOverAnEvent(trouble)) {
            engine = new Engine(folder, feed, BRIEF, receiver.subscriber("kb")).start();
            append(300, 50);

            awaitSettled("kb", 300);
            await().until(() -> engine.delivered.get() == 294);
            await().untilAsserted(() -> assertThat(engine.dead)
                    .extracting(Engine.Death::seq)
                    .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L));
        }
    }

    @Test
    void whatComesLaterIsToldThoughAnEventMeetsTroubleSinceLong() {
        try (Receiver receiver = new ReceiverThatStumblesOverAnEvent(Map.of(1L, 503))) {
            engine = new Engine(folder, feed, BRIEF, with(receiver.subscriber("kb"), false, 1)).start();
            append(1, 1);
            await().until(() -> receiver.requests().size() > 9);
            assertThat(engine.dead).isEmpty();

            feed.append("another");
            engine.wake();

            awaitSettled("kb", 2);
            await().untilAsserted(() ->
                    assertThat(engine.dead).extracting(Engine.Death::seq).containsExactly(1L));
            assertThat(engine.delivered).hasValue(1);
        }
    }

    @Test
    void aTextThatCannotBeReadNowCountsAgainstNeitherEventNorSubscriber() throws Exception {
        DeliveryRules oneTry = rules(new RetrySchedule(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ZERO, 0));
        AtomicInteger asked = new AtomicInteger();
        try (Receiver receiver = new WillingReceiver()) {
            Subscriber kb = receiver.subscriber("kb");
            Subscriber withText = new Subscriber(
                    "kb", kb.target(), kb.events(), kb.secrets(), Map.of(), false, true, Subscriber.DEFAULT_PARALLEL);
            engine = new Engine(folder, feed, oneTry, withText);
            engine.texts = event -> {
                if (asked.incrementAndGet() < 3) {
                    throw new IllegalStateException("the database is away");
                }
                return Optional.of("the text");
            };
            engine.start();
            append(3, 1);

            awaitSettled("kb", 3);
            assertThat(receiver.seqs()).containsExactly(1L, 2L, 3L);
            assertThat(receiver.requests().get(0).body()).contains("the text");
            assertThat(engine.dead).isEmpty();
            assertThat(engine.retried).hasValue(0);
        }
    }

    @Test
    void aPauseKeepsItsLengthThoughTheClockIsSetBack() {
        DeliveryRules hasty = Engine.HASTY;
        DeliveryRules slow = new DeliveryRules(
                hasty.schedule(),
                hasty.timeout(),
                Duration.ofSeconds(1),
                hasty.firstOpen(),
                hasty.longestOpen(),
                hasty.group(),
                hasty.look());
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(1, 503)) {
            engine = new Engine(folder, feed, slow, with(receiver.subscriber("kb"), false, 1)).start();
            append(1, 1);
            await().until(() -> engine.retried.get() == 1);

            engine.clock.setBack(Duration.ofHours(1));
            append(50, 5);

            awaitSettled("kb", 51);
            assertThat(receiver.requests()).hasSize(52);
        }
    }

    @Test
    void anOpenBreakerAsksAgainThoughTheClockIsSetBack() {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(5, 503)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(5, 5);
            await().until(() -> engine.status("kb").state() == SubscriberStatus.State.LEFT_ALONE);

            engine.clock.setBack(Duration.ofHours(1));

            awaitSettled("kb", 5);
            assertThat(receiver.requests()).hasSize(10);
        }
    }

    @Test
    void anOutageChangesTheOrderOfTheLogByOneEventAtMost() {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(12, 503)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(20, 20);

            await().until(() -> engine.delivered.get() == 20);
            assertThat(receiver.seqs().subList(0, 8)).containsOnly(1L);
            assertThat(receiver.seqs().subList(13, 32))
                    .isSorted()
                    .hasSize(19)
                    .doesNotContain(receiver.seqs().get(12));
            assertThat(engine.dead).isEmpty();
        }
    }
}
