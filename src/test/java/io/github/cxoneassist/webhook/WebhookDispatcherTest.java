package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookDispatcherTest {

    private final Workshop workshop = new Workshop();
    private final MemoryFeed feed = new MemoryFeed();
    private final MemoryCursors cursors = new MemoryCursors();

    @AfterEach
    void closeWorkshop() {
        workshop.close();
    }

    @Test
    void tellsEverySubscriberWhatIsCommittedAfterTheStart() {
        try (Receiver one = new WillingReceiver();
                Receiver other = new WillingReceiver()) {
            WebhookDispatcher dispatcher = dispatcher(RetryPolicy.DEFAULT, one, other);
            dispatcher.start();

            feed.append();
            dispatcher.wake();

            await().until(() -> dispatcher.statuses().stream().allMatch(status -> status.delivered() == 1));
            assertThat(one.suggestionIds()).containsExactly("s-1");
            assertThat(other.suggestionIds()).containsExactly("s-1");
        }
    }

    @Test
    void aDeadSubscriberCostsTheLiveOneNothing() {
        Receiver dead = new WillingReceiver();
        dead.close();
        RetryPolicy patient = new RetryPolicy(List.of(Duration.ZERO, Duration.ofHours(1)), 0, Duration.ofSeconds(10));
        try (Receiver hanging = new ReceiverThatHangsAtFirst(Integer.MAX_VALUE);
                Receiver live = new WillingReceiver()) {
            WebhookDispatcher dispatcher = dispatcher(patient, dead, hanging, live);
            dispatcher.start();

            feed.with(300);
            dispatcher.wake();

            await().until(() -> cursors.load(live.subscriber().name()).orElse(0) == 300);
            await().until(() -> dispatcher.statuses().get(0).failedTries() == 1);
            assertThat(live.requests()).hasSize(300);
            assertThat(hanging.requests()).hasSize(1);
            assertThat(dispatcher.statuses())
                    .extracting(SubscriberStatus::delivered, SubscriberStatus::lastFailure)
                    .containsExactly(tuple(0L, "ConnectException"), tuple(0L, ""), tuple(300L, ""));
            await().untilAsserted(() -> assertThat(dispatcher.statuses())
                    .extracting(SubscriberStatus::behindBy)
                    .containsExactly(300L, 300L, 0L));
        }
    }

    @Test
    void stopEndsAllPumps() {
        try (Receiver receiver = new WillingReceiver()) {
            WebhookDispatcher dispatcher = dispatcher(RetryPolicy.DEFAULT, receiver);
            dispatcher.start();

            dispatcher.stop();
            feed.append();
            dispatcher.wake();

            assertThat(workshop.executor.shutdownNow()).isEmpty();
            assertThat(receiver.requests()).isEmpty();
            assertThat(dispatcher.statuses())
                    .extracting(SubscriberStatus::behindBy)
                    .containsExactly(1L);
        }
    }

    @Test
    void aStartThatFailsLeavesNoPumpRunning() {
        try (Receiver known = new WillingReceiver();
                Receiver lost = new WillingReceiver()) {
            CursorStore broken = new CursorsThatLose(lost.subscriber(), cursors.known(known.subscriber()));
            WebhookDispatcher dispatcher = new WebhookDispatcher(
                    List.of(known.subscriber(), lost.subscriber()), workshop.runtime(feed, broken));

            assertThatExceptionOfType(CursorStoreException.class).isThrownBy(dispatcher::start);
            feed.append();
            dispatcher.wake();

            assertThat(workshop.executor.shutdownNow()).isEmpty();
            assertThat(known.requests()).isEmpty();
        }
    }

    @Test
    void withoutSubscribersThereIsNothingToDo() {
        WebhookDispatcher dispatcher = new WebhookDispatcher(List.of(), workshop.runtime(feed, cursors));

        dispatcher.start();
        dispatcher.wake();

        assertThat(dispatcher.statuses()).isEmpty();
    }

    private WebhookDispatcher dispatcher(RetryPolicy policy, Receiver... receivers) {
        List<Subscriber> subscribers =
                Arrays.stream(receivers).map(Receiver::subscriber).toList();
        return new WebhookDispatcher(subscribers, workshop.runtime(feed, cursors, new HttpTransport(), policy));
    }

    /** A store whose row for one subscriber can't be read. */
    private record CursorsThatLose(Subscriber lost, CursorStore store) implements CursorStore {

        @Override
        public OptionalLong load(String subscriberId) {
            if (subscriberId.equals(lost.name())) {
                throw new CursorStoreException("Can't read the cursor", new SQLException("disk I/O error"));
            }
            return store.load(subscriberId);
        }

        @Override
        public void save(String subscriberId, long seq) {
            store.save(subscriberId, seq);
        }
    }
}
