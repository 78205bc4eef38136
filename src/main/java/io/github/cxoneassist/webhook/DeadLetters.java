package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** What subscribers of one node's log were not told, and telling them again. Stands in for the one of the delivery. */
public final class DeadLetters {

    /**
     * An event that was given up.
     *
     * @param id its {@code webhook-id}
     * @param failure of the last try
     * @param at when it was given up
     */
    public record Letter(
            String id, long seq, String interactionId, String event, int tries, String failure, Instant at) {}

    /** @param log what {@code webhook-id}s of this log begin with, as {@link WebhookEvent#node} has it */
    public DeadLetters(DataSource database, String node, String log, Clock clock) {}

    /** The latest, in the order of the log. */
    public List<Letter> list(String subscriber, int limit) {
        throw notYet();
    }

    public long count(String subscriber) {
        throw notYet();
    }

    /** All dead letters of a subscriber. */
    public long replay(String subscriber, LongConsumer progress) {
        throw notYet();
    }

    /** One event, dead or delivered long ago. */
    public boolean replay(String subscriber, String id) {
        throw notYet();
    }

    /** All that a subscriber wants of a period. */
    public long replay(Subscriber subscriber, Instant from, Instant to, LongConsumer progress) {
        throw notYet();
    }

    /** How many that will be. */
    public long count(Subscriber subscriber, Instant from, Instant to) {
        throw notYet();
    }

    private static IllegalStateException notYet() {
        return new IllegalStateException("this version keeps no dead letters");
    }
}
