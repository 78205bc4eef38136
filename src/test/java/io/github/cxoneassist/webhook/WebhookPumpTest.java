package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookPumpTest {

    private static final RetryPolicy QUICK = Workshop.QUICK;

    private final Workshop workshop = new Workshop();
    private final MemoryFeed feed = new MemoryFeed();
    private final MemoryCursors cursors = new MemoryCursors();

    @AfterEach
    void closeWorkshop() {
        workshop.close();
    }

    @Test
    void deliversEachEventOnceAndInOrder() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(250);
            WebhookPump pump = started(receiver);

            awaitCursor(receiver.subscriber(), 250);

            assertThat(receiver.suggestionIds()).isEqualTo(suggestions(1, 250));
            assertThat(pump.status())
                    .isEqualTo(new SubscriberStatus(
                            receiver.subscriber().name(),
                            receiver.subscriber().target().shown(),
                            250,
                            0,
                            0,
                            0,
                            ""));
        }
    }

    @Test
    void theReferenceLibraryVerifiesWhatArrives() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(1);
            started(receiver);
            awaitCursor(receiver.subscriber(), 1);

            Receiver.Request request = receiver.requests().get(0);

            assertThatCode(() -> new Webhook(Events.SECRET).verify(request.body(), request.headers()))
                    .doesNotThrowAnyException();
            assertThat(request.headers().getFirst("content-type")).isEqualTo("application/json");
        }
    }

    @Test
    void aFailedTryIsRepeatedUnderTheSameIdBeforeAnythingElseGoesOut() {
        try (Receiver receiver = new ReceiverThatFailsAtFirst(2)) {
            feed.with(2);
            WebhookPump pump = started(receiver);

            awaitCursor(receiver.subscriber(), 2);

            assertThat(receiver.requests())
                    .extracting(Receiver.Request::id)
                    .containsExactly("msg_node-1_1", "msg_node-1_1", "msg_node-1_1", "msg_node-1_2");
            assertThat(pump.status().failedTries()).isEqualTo(2);
            assertThat(pump.status().delivered()).isEqualTo(2);
            assertThat(workshop.givenUp.entries()).isEmpty();
        }
    }

    @Test
    void afterTheLastTryTheEventIsGivenUpAndTheNextGoesOut() {
        try (Receiver receiver = new ReceiverThatFailsAtFirst(3)) {
            feed.with(2);
            WebhookPump pump = started(receiver);

            awaitCursor(receiver.subscriber(), 2);

            assertThat(receiver.suggestionIds()).containsExactly("s-1", "s-1", "s-1", "s-2");
            assertThat(workshop.givenUp.entries())
                    .containsExactly(new GivenUp.Entry(receiver.subscriber().name(), 1, 3, "HTTP status 500"));
            assertThat(pump.status().givenUp()).isEqualTo(1);
            assertThat(pump.status().failedTries()).isEqualTo(3);
            assertThat(pump.status().lastFailure()).isEmpty();
        }
    }

    @Test
    void aRedirectIsAFailedTry() {
        try (Receiver receiver = new ReceiverThatRedirects()) {
            feed.with(1);
            started(receiver);

            awaitCursor(receiver.subscriber(), 1);

            assertThat(workshop.givenUp.entries())
                    .containsExactly(new GivenUp.Entry(receiver.subscriber().name(), 1, 3, "HTTP status 307"));
        }
    }

    @Test
    void aReceiverThatHangsIsTriedAgainAfterTheTimeOut() {
        try (Receiver receiver = new ReceiverThatHangsAtFirst(3)) {
            feed.with(2);
            RetryPolicy impatient = new RetryPolicy(QUICK.pauses(), 0, Duration.ofMillis(200));
            started(receiver.subscriber(), workshop.runtime(feed, known(receiver), new HttpTransport(), impatient));

            awaitCursor(receiver.subscriber(), 2);

            assertThat(receiver.suggestionIds()).containsExactly("s-1", "s-1", "s-1", "s-2");
            assertThat(workshop.givenUp.entries())
                    .containsExactly(new GivenUp.Entry(receiver.subscriber().name(), 1, 3, "no answer within PT0.2S"));
        }
    }

    @Test
    void anAnswerAfterTheTimeOutChangesNothing() {
        Subscriber subscriber = Events.subscriber("https://a.example");
        TransportThatAnswersLate transport = new TransportThatAnswersLate();
        RetryPolicy impatient = new RetryPolicy(QUICK.pauses(), 0, Duration.ofMillis(20));
        feed.with(1);
        WebhookPump pump = started(subscriber, workshop.runtime(feed, cursors.known(subscriber), transport, impatient));
        awaitCursor(subscriber, 1);

        transport.answerAll();
        feed.append();
        pump.wake();
        awaitCursor(subscriber, 2);

        assertThat(transport.posted()).hasSize(6);
        assertThat(pump.status().delivered()).isZero();
        assertThat(workshop.givenUp.entries()).extracting(GivenUp.Entry::seq).containsExactly(1L, 2L);
    }

    @Test
    void aTransportThatThrowsCostsATryAndNoMore() {
        Subscriber subscriber = Events.subscriber("https://a.example/?token=hush");
        feed.with(2);
        started(
                subscriber,
                workshop.runtime(
                        feed,
                        cursors.known(subscriber),
                        delivery -> {
                            throw new IllegalStateException("POST https://a.example/?token=hush");
                        },
                        QUICK));

        awaitCursor(subscriber, 2);

        assertThat(workshop.givenUp.entries())
                .containsExactly(
                        new GivenUp.Entry(subscriber.name(), 1, 3, "IllegalStateException"),
                        new GivenUp.Entry(subscriber.name(), 2, 3, "IllegalStateException"));
    }

    @Test
    void aNewSubscriberIsToldNothingOfThePast() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(3);
            WebhookPump pump = started(receiver.subscriber(), workshop.runtime(feed, cursors));

            feed.append();
            pump.wake();
            awaitCursor(receiver.subscriber(), 4);

            assertThat(receiver.suggestionIds()).containsExactly("s-4");
        }
    }

    @Test
    void aNewSubscriberIsKnownFromItsFirstStart() {
        Subscriber subscriber = Events.subscriber("https://a.example");
        feed.with(3);

        started(subscriber, workshop.runtime(feed, cursors));

        assertThat(cursors.load(subscriber.name())).hasValue(3);
    }

    @Test
    void wakingBeforeTheStartDoesNothing() {
        Subscriber subscriber = Events.subscriber("https://a.example");
        TransportThatAnswersLate transport = new TransportThatAnswersLate();
        feed.with(1);

        new WebhookPump(subscriber, workshop.runtime(feed, cursors, transport, QUICK)).wake();

        assertThat(workshop.executor.shutdownNow()).isEmpty();
        assertThat(transport.posted()).isEmpty();
    }

    @Test
    void anEventWhoseAnswerWasNotSeenBeforeTheCrashIsRepeatedUnderItsId() {
        try (Receiver receiver = new ReceiverThatHangsAtFirst(1)) {
            feed.with(2);
            WebhookPump crashed = started(receiver);
            await().until(() -> receiver.requests().size() == 1);
            crashed.stop();

            started(receiver.subscriber(), workshop.runtime(feed, cursors));
            awaitCursor(receiver.subscriber(), 2);

            assertThat(receiver.requests())
                    .extracting(Receiver.Request::id)
                    .containsExactly("msg_node-1_1", "msg_node-1_1", "msg_node-1_2");
            assertThat(receiver.requests().get(1).body())
                    .isEqualTo(receiver.requests().get(0).body());
        }
    }

    @Test
    void whatWasDeliveredBeforeTheRestartIsNotRepeated() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(2);
            WebhookPump first = started(receiver);
            awaitCursor(receiver.subscriber(), 2);
            first.stop();

            feed.append();
            started(receiver.subscriber(), workshop.runtime(feed, cursors));
            awaitCursor(receiver.subscriber(), 3);

            assertThat(receiver.suggestionIds()).containsExactly("s-1", "s-2", "s-3");
        }
    }

    @Test
    void aCursorThatCannotBeSavedHoldsNothingUp() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(3);
            WebhookPump pump = started(receiver.subscriber(), workshop.runtime(feed, new CursorsThatCannotBeSaved()));

            await().until(() -> pump.status().delivered() == 3);

            assertThat(receiver.suggestionIds()).containsExactly("s-1", "s-2", "s-3");
        }
    }

    @Test
    void aFeedThatFailsIsReadAgainWithoutBeingWoken() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(1);
            started(receiver.subscriber(), workshop.runtime(new FeedThatFailsOnce(feed), known(receiver)));

            awaitCursor(receiver.subscriber(), 1);

            assertThat(receiver.suggestionIds()).containsExactly("s-1");
        }
    }

    @Test
    void stopEndsTheTriesAndTheTimers() {
        try (Receiver receiver = new ReceiverThatFailsAtFirst(100)) {
            feed.with(1);
            RetryPolicy patient =
                    new RetryPolicy(List.of(Duration.ZERO, Duration.ofHours(1)), 0, Duration.ofSeconds(10));
            WebhookPump pump = started(
                    receiver.subscriber(), workshop.runtime(feed, known(receiver), new HttpTransport(), patient));
            await().until(() -> pump.status().failedTries() == 1
                    && workshop.timers.getQueue().size() == 1);

            pump.stop();
            pump.wake();

            assertThat(workshop.timers.getQueue()).isEmpty();
            assertThat(receiver.requests()).hasSize(1);
            assertThat(cursors.load(receiver.subscriber().name())).hasValue(0);
        }
    }

    @Test
    void noTimeOutOfATryOutlivesItsAnswer() {
        try (Receiver receiver = new WillingReceiver()) {
            feed.with(50);
            started(receiver);

            awaitCursor(receiver.subscriber(), 50);

            assertThat(workshop.timers.getQueue()).isEmpty();
        }
    }

    @Test
    void aDeadSubscriberHoldsNoThreadAndOnePageOfItsBacklog() throws Exception {
        Subscriber subscriber = Events.subscriber("https://a.example");
        FeedThatCounts counting = new FeedThatCounts(feed.with(10_000));
        TransportThatAnswersLate never = new TransportThatAnswersLate();
        WebhookPump pump = started(subscriber, workshop.runtime(counting, cursors.known(subscriber), never, QUICK));
        await().until(() -> never.posted().size() == 1);

        for (int i = 0; i < 1_000; i++) {
            pump.wake();
        }
        CountDownLatch bothThreadsAreFree = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            workshop.executor.execute(() -> {
                bothThreadsAreFree.countDown();
                awaitQuietly(bothThreadsAreFree);
            });
        }

        assertThat(bothThreadsAreFree.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(counting.handedOut()).isEqualTo(100);
        assertThat(pump.status().behindBy()).isEqualTo(10_000);
    }

    @Test
    void aWakeUpBetweenTheLookAndTheRestIsNotLost() {
        Subscriber subscriber = Events.subscriber("https://a.example");
        AtomicReference<WebhookPump> pump = new AtomicReference<>();
        EventFeed growing = new FeedThatDawdles(feed, seq -> {
            if (seq == 0) {
                feed.append();
                pump.get().wake();
            }
        });
        pump.set(new WebhookPump(
                subscriber,
                workshop.runtime(growing, cursors.known(subscriber), new TransportThatCatchesCompany(), QUICK)));

        pump.get().start();

        awaitCursor(subscriber, 1);
    }

    @Test
    void noWakeUpIsLostAndNoTwoRunsMeet() throws Exception {
        Subscriber subscriber = Events.subscriber("https://a.example");
        TransportThatCatchesCompany transport = new TransportThatCatchesCompany();
        EventFeed dawdling = new FeedThatDawdles(feed, seq -> Thread.yield());
        WebhookPump pump = started(subscriber, workshop.runtime(dawdling, cursors, transport, QUICK));
        int rounds = 1_000;
        int threads = 4;

        for (int round = 1; round <= rounds; round++) {
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<Void>> writers = LongStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        awaitQuietly(start);
                        feed.append();
                        pump.wake();
                    }))
                    .toList();
            start.countDown();
            CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            // nothing wakes the pump after the last append: what it missed would stay where it is
            transport.awaitDelivered(round * threads);
        }

        assertThat(transport.sequences())
                .isEqualTo(LongStream.rangeClosed(1, rounds * threads).boxed().toList());
        assertThat(transport.mostAtOnce()).isEqualTo(1);
    }

    private WebhookPump started(Receiver receiver) {
        return started(receiver.subscriber(), workshop.runtime(feed, known(receiver)));
    }

    private static WebhookPump started(Subscriber subscriber, WebhookRuntime runtime) {
        WebhookPump pump = new WebhookPump(subscriber, runtime);
        pump.start();
        return pump;
    }

    private MemoryCursors known(Receiver receiver) {
        return cursors.known(receiver.subscriber());
    }

    private void awaitCursor(Subscriber subscriber, long seq) {
        await().until(() -> cursors.load(subscriber.name()).orElse(-1) == seq);
    }

    private static List<String> suggestions(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(seq -> "s-" + seq).toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
