package io.github.cxoneassist.webhook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries to real servers that behave as servers do, counted by the servers. */
class WebhookDispatcherTest {

    @TempDir
    Path folder;

    private FeedThatCounts feed = new FeedThatCounts();
    private Engine engine;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

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
            assertThat(receiver.seqs()).hasSize(40).doesNotHaveDuplicates();
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
    void aReplayIsToldUnderTheSameIds() {
        try (Receiver receiver = new ReceiverThatRefusesAtFirst(3, 400)) {
            start(with(receiver.subscriber("kb"), false, 1));
            append(5, 1);
            await().until(() -> engine.dead.size() == 3);
            awaitSettled("kb", 5);
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

    private void start(Subscriber... subscribers) {
        engine = new Engine(folder, feed, Engine.HASTY, subscribers).start();
    }

    private void append(int count, int interactions) {
        feed.append(count, interactions);
        engine.wake();
    }

    /** Written as such, too. */
    private void awaitSettled(String subscriber, long seq) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> engine.store.cursor(subscriber).orElse(0) == seq);
    }

    private static Subscriber with(Subscriber subscriber, boolean paused, int parallel) {
        return new Subscriber(
                subscriber.name(),
                subscriber.target(),
                subscriber.events(),
                subscriber.secrets(),
                subscriber.headers(),
                paused,
                subscriber.withText(),
                parallel);
    }

    /** With those who never answer. */
    private static DeliveryRules impatient() {
        return rules(Engine.HASTY.schedule(), Duration.ofSeconds(4));
    }

    private static DeliveryRules rules(RetrySchedule schedule) {
        return rules(schedule, Engine.HASTY.timeout());
    }

    private static DeliveryRules rules(RetrySchedule schedule, Duration timeout) {
        DeliveryRules hasty = Engine.HASTY;
        return new DeliveryRules(
                schedule,
                timeout,
                hasty.breather(),
                hasty.firstOpen(),
                hasty.longestOpen(),
                hasty.group(),
                hasty.look());
    }

    private static void assertInOrder(Receiver receiver) {
        byInteraction(receiver)
                .forEach((interaction, seqs) ->
                        assertThat(seqs).as(interaction).isSorted().doesNotHaveDuplicates());
    }

    private static Map<String, List<Long>> byInteraction(Receiver receiver) {
        return receiver.requests().stream()
                .collect(groupingBy(
                        Receiver.Request::interactionId, HashMap::new, mapping(Receiver.Request::seq, toList())));
    }

    private static int portOfNobody() {
        try (WillingReceiver nobody = new WillingReceiver()) {
            return nobody.port();
        }
    }
}
