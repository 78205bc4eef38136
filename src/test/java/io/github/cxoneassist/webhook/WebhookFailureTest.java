package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an event, and of its subscriber, by what the subscriber answers. */
class WebhookFailureTest extends WebhookEngineFixture {

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422})
    void whatIsRefusedIsDeadAtOnceAndTheRestGoesOn(int status) throws Exception {
        try (Receiver receiver = new ReceiverThatDislikesAnEvent(2, status, 100)) {
            start(receiver.subscriber("kb"));
            append(4, 1);

            awaitSettled("kb", 4);
            assertThat(receiver.seqs()).containsExactly(1L, 2L, 3L, 4L);
            await().untilAsserted(() ->
                    assertThat(engine.dead).containsExactly(new Engine.Death("kb", 2, 1, "status " + status)));
            assertThat(engine.query("SELECT failure FROM webhook_dead WHERE seq = 2"))
                    .containsExactly("status " + status);
        }
    }

    @Test
    void whatFailsForTooLongIsDeadAndWhatWaitedForItGoesOn() throws Exception {
        DeliveryRules impatient =
                rules(new RetrySchedule(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(200), 0.2));
        try (Receiver receiver = new ReceiverThatDislikesAnEvent(1, 500, 1_000)) {
            engine = new Engine(folder, feed, impatient, receiver.subscriber("kb")).start();
            append(3, 1);

            await().until(() -> engine.delivered.get() == 2);
            assertThat(engine.dead).singleElement().satisfies(death -> {
                assertThat(death.seq()).isEqualTo(1);
                assertThat(death.tries()).isEqualTo((int)
                        receiver.seqs().stream().filter(seq -> seq == 1).count());
                assertThat(death.tries()).isGreaterThan(3);
            });
            assertThat(receiver.seqs()).endsWith(1L, 2L, 3L);
        }
    }

    @Test
    void howMuchWaitsToBeToldAgainIsSaidThoughTheSubscriberIsNotBehind() {
        DeliveryRules longer =
                rules(new RetrySchedule(Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(1), 0.2));
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(Integer.MAX_VALUE, 500)) {
            engine = new Engine(folder, feed, longer, receiver.subscriber("kb")).start();
            append(300, 300);
            awaitSettled("kb", 300);

            await().until(() -> engine.status("kb").parked().count() == 300);
            assertThat(engine.status("kb").behind()).isZero();
            assertThat(engine.status("kb").parkedFor(Instant.now())).isPositive();
        }
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() {
        try (WillingReceiver elsewhere = new WillingReceiver();
                Receiver moved = new ReceiverThatRefusesAtFirst(
                        2, 307, Map.of("Location", "http://127.0.0.1:" + elsewhere.port() + "/"))) {
            start(moved.subscriber("kb"));
            append(1, 1);

            await().until(() -> engine.delivered.get() == 1);
            assertThat(moved.requests()).hasSize(3);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void whoSaysThatItIsGoneIsDisabledUntilSomebodyEnablesIt() throws Exception {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(1, 410)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(3, 3);

            await().until(() -> engine.status("kb").state() == SubscriberStatus.State.DISABLED);
            assertThat(engine.status("kb").reason()).isEqualTo("status 410");
            assertThat(receiver.requests()).hasSize(1);
            assertThat(engine.dead).isEmpty();
            engine.execute("DELETE FROM webhook_subscriber_state");

            await().until(() -> engine.delivered.get() == 3);
            assertThat(receiver.seqs()).containsExactly(1L, 1L, 2L, 3L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterPausesTheWholeSubscriber(int status) {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(1, status, Map.of("Retry-After", "1"))) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(3, 3);

            await().until(() -> engine.delivered.get() == 3);
            assertThat(receiver.seqs()).containsExactly(1L, 1L, 2L, 3L);
            assertThat(receiver.requests().get(1).nanos()
                            - receiver.requests().get(0).nanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(999).toNanos());
        }
    }

    @Test
    void troubleOfTheSubscriberCountsAgainstNoEvent() throws Exception {
        DeliveryRules oneTry = rules(new RetrySchedule(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ZERO, 0));
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(12, 503)) {
            engine = new Engine(folder, feed, oneTry, receiver.subscriber("kb")).start();
            append(5, 5);

            await().until(() -> engine.delivered.get() == 5);
            assertThat(engine.dead).isEmpty();
            assertThat(engine.query("SELECT seq FROM webhook_retry")).isEmpty();
        }
    }

    @Test
    void whatIsNeverAnsweredIsToldAgainWhenTheServerAnswers() {
        try (Receiver receiver = new ReceiverThatHangsAtFirst(5)) {
            engine = new Engine(folder, feed, impatient(), receiver.subscriber("kb")).start();
            append(20, 10);

            awaitSettled("kb", 20);
            assertThat(receiver.requests()).hasSize(25);
            assertThat(receiver.requests().stream().skip(5).map(Receiver.Request::seq))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 20).boxed().toList());
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() {
        try (Receiver receiver = new ReceiverThatBreaksOffAtFirst(3)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(3, 3);

            await().until(() -> engine.delivered.get() == 3);
            assertThat(receiver.seqs()).containsExactly(1L, 1L, 1L, 1L, 2L, 3L);
            assertThat(engine.dead).isEmpty();
        }
    }

    @Test
    void ofAnAnswerThatNeverEndsTheStatusCountsOnce() throws Exception {
        try (RawReceiver receiver = new ReceiverThatNeverEnds()) {
            Subscriber kb = receiver.subscriber();
            start(with(kb, false, 1));
            append(5, 2);

            awaitSettled(kb.name(), 5);
            assertThat(engine.delivered).hasValue(5);
            assertThat(receiver.requests()).isEqualTo(5);
        }
    }

    @Test
    void anAnswerThatDripsForEverIsTroubleOfTheSubscriberAndCountsAgainstNoEvent() throws Exception {
        try (RawReceiver receiver = new ReceiverThatDrips()) {
            Subscriber kb = receiver.subscriber();
            engine = new Engine(folder, feed, impatient(), kb).start();
            append(4, 4);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> engine.status(kb.name()).state() == SubscriberStatus.State.LEFT_ALONE);
            assertThat(engine.dead).isEmpty();
            assertThat(engine.delivered).hasValue(0);
            assertThat(engine.query("SELECT seq FROM webhook_cursor")).containsExactly("0");
            assertThat(engine.query("SELECT seq FROM webhook_retry")).isEmpty();
        }
    }
}
