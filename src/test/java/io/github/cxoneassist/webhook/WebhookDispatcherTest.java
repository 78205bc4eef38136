package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Subscribers that come, go and die while it runs, and what a restart finds. */
class WebhookDispatcherTest extends WebhookEngineFixture {

    private static int portOfNobody() {
        try (WillingReceiver nobody = new WillingReceiver()) {
            return nobody.port();
        }
    }

    @Test
    void aDeadSubscriberIsLeftAloneButForProbesAndGetsEverythingLater() {
        int port = portOfNobody();
        start(Events.subscriber("kb", "http://127.0.0.1:" + port + "/"));
        append(50, 5);
        await().until(() -> engine.status("kb").state() == SubscriberStatus.State.LEFT_ALONE);
        await().until(() -> engine.status("kb").behind() == 50);

        try (WillingReceiver back = new WillingReceiver(port)) {
            awaitSettled("kb", 50);
            assertThat(back.requests()).hasSize(50);
            assertInOrder(back);
            await().until(() -> engine.status("kb").state() == SubscriberStatus.State.DELIVERING);
        }
    }

    @Test
    void aSlowOrDeadSubscriberCostsTheOthersNothing() {
        try (Receiver hanging = new ReceiverThatHangsAtFirst(Integer.MAX_VALUE);
                Receiver slow = new ReceiverThatAnswersLate(300);
                Receiver quick = new WillingReceiver()) {
            start(
                    Events.subscriber("dead", "http://127.0.0.1:" + portOfNobody() + "/"),
                    hanging.subscriber("hanging"),
                    slow.subscriber("slow"),
                    quick.subscriber("quick"));
            append(500, 50);

            awaitSettled("quick", 500);
            assertThat(quick.requests()).hasSize(500);
            assertThat(slow.requests()).hasSizeLessThan(250);
        }
    }

    @Test
    void nothingPilesUpInMemoryOrInTheDatabaseBehindADeadSubscriber() throws Exception {
        start(Events.subscriber("dead", "http://127.0.0.1:" + portOfNobody() + "/"));
        append(100_000, 1_000);

        await().until(() -> engine.status("dead").state() == SubscriberStatus.State.LEFT_ALONE);
        await().until(() -> engine.retried.get() > 8);
        assertThat(feed.handedOut()).isLessThanOrEqualTo(DeliveryRules.WINDOW);
        assertThat(engine.query("SELECT COUNT(*) FROM webhook_retry")).containsExactly("0");
        assertThat(engine.query("SELECT seq FROM webhook_cursor")).containsExactly("0");
        assertThat(engine.status("dead").behind()).isEqualTo(100_000);
    }

    @Test
    void anOrderlyRestartRepeatsNothing() {
        try (Receiver receiver = new WillingReceiver()) {
            start(receiver.subscriber("kb"));
            append(40, 4);
            await().until(() -> receiver.requests().size() >= 10);
            engine.close();

            start(receiver.subscriber("kb"));

            awaitSettled("kb", 40);
            // what was overtaken is parked behind the cursor, and comes a little later
            await().until(() -> receiver.requests().size() >= 40);
            assertThat(receiver.seqs()).hasSize(40).doesNotHaveDuplicates();
        }
    }

    @Test
    void aStopThatDoesNotWaitForASlowAnswerRepeatsThatEventAlone() {
        try (Receiver receiver = new ReceiverThatIsSlowWithAnEvent(1, 4_000)) {
            start(receiver.subscriber("kb"));
            append(200, 20);
            await().until(() -> receiver.requests().size() > 60);
            engine.close();

            start(receiver.subscriber("kb"));

            awaitSettled("kb", 200);
            await().until(() -> receiver.requests().size() >= 201);
            assertThat(receiver.seqs().stream().filter(seq -> seq != 1))
                    .hasSize(199)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whatWasParkedIsToldAfterARestart() {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(1, 500)) {
            DeliveryRules patient =
                    rules(new RetrySchedule(Duration.ofMillis(600), Duration.ofMillis(600), Duration.ofHours(1), 0));
            engine = new Engine(folder, feed, patient, receiver.subscriber("kb")).start();
            append(3, 1);
            await().until(() -> engine.query("SELECT seq FROM webhook_retry").size() == 3);
            engine.close();

            start(receiver.subscriber("kb"));

            await().until(() -> engine.delivered.get() == 3);
            assertThat(receiver.seqs()).containsExactly(1L, 1L, 2L, 3L);
        }
    }

    @Test
    void subscribersComeAndPauseAndGoWhileItRuns() throws Exception {
        try (Receiver one = new WillingReceiver();
                Receiver other = new WillingReceiver()) {
            start(one.subscriber("one"));
            append(2, 1);
            awaitSettled("one", 2);

            engine.subscribers.add(other.subscriber("other"));
            await().until(() -> !engine.query("SELECT seq FROM webhook_cursor WHERE subscriber = 'other'")
                    .isEmpty());
            engine.subscribers.set(0, with(one.subscriber("one"), true, 4));
            await().until(() -> engine.status("one").state() == SubscriberStatus.State.PAUSED);
            append(2, 1);
            awaitSettled("other", 4);
            assertThat(other.seqs()).containsExactly(3L, 4L);
            assertThat(one.seqs()).containsExactly(1L, 2L);

            engine.subscribers.set(0, one.subscriber("one"));
            awaitSettled("one", 4);
            assertThat(one.seqs()).containsExactly(1L, 2L, 3L, 4L);

            engine.subscribers.remove(1);
            engine.execute("DELETE FROM webhook_cursor WHERE subscriber = 'other'");
            await().until(() -> engine.names().equals(List.of("one")));
            append(1, 1);
            awaitSettled("one", 5);
            assertThat(other.seqs()).containsExactly(3L, 4L);
            assertThat(engine.query("SELECT subscriber FROM webhook_cursor")).containsExactly("one");
        }
    }

    @Test
    void whatHappensToASubscriberThatIsPausedFromTheFirstWaitsForIt() {
        feed.append(2, 1);
        try (Receiver receiver = new WillingReceiver()) {
            start(with(receiver.subscriber("kb"), true, 4));
            append(5, 1);
            engine.close();

            start(receiver.subscriber("kb"));

            awaitSettled("kb", 7);
            assertThat(receiver.seqs()).containsExactly(3L, 4L, 5L, 6L, 7L);
        }
    }

    @Test
    void whatATellerOfOneThatWasRemovedStillKnowsDoesNotReachTheNextOfItsName() throws Exception {
        try (Receiver former = new ReceiverThatAnswersLate(300);
                Receiver next = new WillingReceiver()) {
            DeliveryRules hasty = Engine.HASTY;
            DeliveryRules looksLate = new DeliveryRules(
                    hasty.schedule(),
                    hasty.timeout(),
                    hasty.breather(),
                    hasty.firstOpen(),
                    hasty.longestOpen(),
                    hasty.group(),
                    Duration.ofSeconds(1));
            engine = new Engine(folder, feed, looksLate, former.subscriber("kb")).start();
            append(200, 50);
            await().until(() -> former.requests().size() > 4);

            new JdbcSubscribers(engine.database, Set.of("accepted", "dismissed"), Clock.systemUTC()).remove("kb", true);
            engine.store.begin("kb", 200);
            engine.subscribers.set(0, next.subscriber("kb"));
            append(2, 1);

            awaitSettled("kb", 202);
            assertThat(next.seqs()).containsExactly(201L, 202L);
            assertThat(engine.query("SELECT seq FROM webhook_retry")).isEmpty();
        }
    }

    @Test
    void aPauseThatASubscriberAskedForIsKeptOverARestart() {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(1, 429, Map.of("Retry-After", "3"))) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(1, 1);
            await().until(() -> engine.store
                    .place("kb")
                    .flatMap(place -> Optional.ofNullable(place.notBefore()))
                    .isPresent());
            engine.close();

            start(with(receiver.subscriber("kb"), false, 2));

            awaitSettled("kb", 1);
            assertThat(receiver.requests()).hasSize(2);
            assertThat(receiver.requests().get(1).nanos()
                            - receiver.requests().get(0).nanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(2_990).toNanos());
        }
    }

    @Test
    void aSubscriberThatCannotBeStartedCostsTheOthersNothing() {
        try (Receiver one = new WillingReceiver();
                Receiver other = new WillingReceiver()) {
            start(one.subscriber("one"));
            engine.subscribers.add(
                    0, Subscriber.of("broken", one.subscriber("broken").target(), ""));
            engine.subscribers.add(other.subscriber("other"));
            await().until(() -> engine.store.cursor("other").isPresent());

            append(1, 1);

            awaitSettled("one", 1);
            awaitSettled("other", 1);
        }
    }

    @Test
    void aDatabaseThatIsAwayForAWhileLosesNothing() throws Exception {
        try (Receiver receiver = new WillingReceiver()) {
            start(receiver.subscriber("kb"));
            append(5, 1);
            awaitSettled("kb", 5);

            engine.execute("ALTER TABLE webhook_retry RENAME TO webhook_retry_away");
            append(5, 1);
            await().until(() -> engine.query("SELECT seq FROM webhook_cursor").equals(List.of("5")));
            engine.execute("ALTER TABLE webhook_retry_away RENAME TO webhook_retry");

            awaitSettled("kb", 10);
            assertThat(receiver.seqs()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        }
    }
}
