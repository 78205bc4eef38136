package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a subscriber is to be told next into its lanes: from the log, and of what is parked. Blocks; not thread-safe. */
final class Intake {

    /** A page is worth a query. */
    private static final int LEAST_ROOM = DeliveryRules.WINDOW / 4;

    private static final int MOST_RETRIES = 64;

    private final Subscriber subscriber;
    private final EventFeed feed;
    private final DeliveryStore store;
    private final Lanes lanes;
    private final Unsaved unsaved;

    private boolean logHasMore = true;
    private boolean retriesMayBeDue = true;
    private boolean nextMayFollow;
    private Instant nextRetry;

    Intake(Subscriber subscriber, EventFeed feed, DeliveryStore store, Lanes lanes, Unsaved unsaved) {
        this.subscriber = subscriber;
        this.feed = feed;
        this.store = store;
        this.lanes = lanes;
        this.unsaved = unsaved;
    }

    void logHasGrown() {
        logHasMore = true;
    }

    void retriesMayBeDue() {
        retriesMayBeDue = true;
    }

    /** What was parked may have gone, and the next of its interaction may go. */
    void settled() {
        retriesMayBeDue |= nextMayFollow;
        nextMayFollow = false;
    }

    /** Whether {@link #read} would ask the store; what is settled has to be written before. */
    boolean wantsToRead(Instant now) {
        return wantsLog() || wantsRetries(now);
    }

    private boolean wantsLog() {
        return logHasMore && lanes.room() >= LEAST_ROOM;
    }

    /** One lot after the other, because the next of an interaction is known when the one before is gone. */
    private boolean wantsRetries(Instant now) {
        return lanes.retries() == 0 && (retriesMayBeDue || nextRetry != null && !now.isBefore(nextRetry));
    }

    void read(Instant now) {
        // before the log, which asks what is parked
        if (wantsRetries(now)) {
            readRetries(now);
        }
        if (wantsLog()) {
            readLog();
        }
    }

    /** When retries are due that are not now. */
    Optional<Instant> nextRetry() {
        return Optional.ofNullable(nextRetry);
    }

    private void readRetries(Instant now) {
        List<ParkedRow> due = store.due(subscriber.name(), now, MOST_RETRIES);
        for (ParkedRow row : due) {
            Optional<WebhookEvent> event = feed.at(row.seq());
            if (event.isPresent()) {
                lanes.add(new Errand(event.get(), row));
            } else {
                unsaved.dead(
                        new DeadRow(row.seq(), row.interactionId(), "", row.tries(), "the log has it no longer", now));
            }
        }
        retriesMayBeDue = due.size() == MOST_RETRIES;
        nextMayFollow = !due.isEmpty();
        // what is due and was not given waits for others: it is found when those are gone
        nextRetry = store.nextDue(subscriber.name()).filter(now::isBefore).orElse(null);
    }

    private void readLog() {
        // asked first: behind it there may be more than the page shows
        long head = feed.head();
        int limit = lanes.room();
        List<WebhookEvent> page = feed.after(lanes.read(), subscriber.events(), limit);
        List<Errand> errands = page.stream().map(Errand::fromLog).toList();
        Map<String, Instant> waiting = store.waiting(
                subscriber.name(), errands.stream().map(Errand::lane).collect(Collectors.toSet()));
        for (Errand errand : errands) {
            Instant due = waiting.get(errand.lane());
            if (due == null) {
                lanes.add(errand);
            } else {
                unsaved.parked(Settler.behind(errand, due));
                lanes.readUpTo(errand.seq());
            }
        }
        if (page.size() < limit) {
            lanes.readUpTo(head);
            logHasMore = false;
        }
    }
}
