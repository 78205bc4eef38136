package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.webhook.SubscriberStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Every meter of the pipeline, in one place. Tags come from closed sets: an id of an interaction or a suggestion is never
 * one.
 */
public final class AssistMetrics {

    /** Counter, tags {@code status} and {@code reason}: suggestions by what became of them. */
    public static final String SUGGESTIONS = "cxone.assist.suggestions";
    /** Timer with histogram: from writing a suggestion to its first ack. */
    public static final String ACK_LATENCY = "cxone.assist.ack.latency";
    /** Counter, tag {@code decision}: accepted, dismissed, or expired without a decision. */
    public static final String DECISIONS = "cxone.assist.decisions";
    /** Gauge, 0 to 1: accepted of all that agents decided since the start; not a number before the first. */
    public static final String ACCEPTANCE = "cxone.assist.acceptance";
    /** Counter, tag {@code reason}: events from CXone that changed nothing. */
    public static final String IGNORED = "cxone.assist.events.ignored";
    /** Gauge: suggestions that hold a slot now. */
    public static final String ACTIVE = "cxone.assist.active";
    /** Gauge: suggestions that wait for a free slot. */
    public static final String WAITING = "cxone.assist.waiting";
    /** Counter, tag {@code outcome}: how suggestions left the hold queue: released, or superseded by better ones. */
    public static final String HELD = "cxone.assist.held";
    /** Gauge: entries that wait to be written to the journal. */
    public static final String JOURNAL_QUEUED = "cxone.assist.journal.queued";
    /** Counter, tag {@code subscriber}: events that a subscriber of webhooks took. */
    public static final String WEBHOOK_DELIVERED = "cxone.assist.webhook.delivered";
    /** Counter, tag {@code subscriber}: tries that failed and are repeated. */
    public static final String WEBHOOK_RETRIED = "cxone.assist.webhook.retried";
    /** Counter, tag {@code subscriber}: events that were given up. */
    public static final String WEBHOOK_DEAD = "cxone.assist.webhook.dead";
    /** Gauge, tag {@code subscriber}: rows of the audit log that it has not passed. */
    public static final String WEBHOOK_LAG_EVENTS = "cxone.assist.webhook.lag.events";
    /** Gauge in seconds, tag {@code subscriber}: age of the oldest of these. */
    public static final String WEBHOOK_LAG = "cxone.assist.webhook.lag";

    public static final String WEBHOOK_PARKED_EVENTS = "cxone.assist.webhook.parked.events";

    public static final String WEBHOOK_PARKED = "cxone.assist.webhook.parked";

    private static final String SUBSCRIBER = "subscriber";

    private static final Duration[] LATENCY_BUCKETS = {
        Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100),
        Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500),
        Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final Timer ackLatency;
    private final Map<Decision, Counter> decisions = new EnumMap<>(Decision.class);
    private final Counter expired;
    private final MultiGauge webhookLagEvents;
    private final MultiGauge webhookLag;
    private final MultiGauge webhookParkedEvents;
    private final MultiGauge webhookParked;

    AssistMetrics(MeterRegistry registry) {
        this.registry = registry;
        // buckets, not percentiles: only buckets can be added up over several instances
        ackLatency = Timer.builder(ACK_LATENCY)
                .description("From writing a suggestion to its first ack")
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
        for (Decision decision : Decision.values()) {
            decisions.put(decision, decisionCounter(decision.name().toLowerCase(Locale.ROOT)));
        }
        expired = decisionCounter("expired");
        webhookLagEvents = MultiGauge.builder(WEBHOOK_LAG_EVENTS)
                .description("Rows of the audit log that a subscriber of webhooks has not passed")
                .register(registry);
        webhookLag = MultiGauge.builder(WEBHOOK_LAG)
                .description("Age of the oldest row of the audit log that a subscriber of webhooks has not passed")
                .baseUnit("seconds")
                .register(registry);
        webhookParkedEvents = MultiGauge.builder(WEBHOOK_PARKED_EVENTS)
                .description("Events that a subscriber of webhooks could not take, or that wait behind such, to be sent"
                        + " again")
                .register(registry);
        webhookParked = MultiGauge.builder(WEBHOOK_PARKED)
                .description("Since when the first of what is to be sent again has been tried")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(ACCEPTANCE, this, AssistMetrics::acceptance)
                .description("Accepted of all that agents decided since the start")
                .register(registry);
    }

    private Counter decisionCounter(String decision) {
        return Counter.builder(DECISIONS)
                .description("How suggestions ended")
                .tag("decision", decision)
                .register(registry);
    }

    void suggestion(Outcome.Status status, String reason) {
        Counter.builder(SUGGESTIONS)
                .description("Suggestions by what became of them")
                .tag("status", status.wireName())
                .tag("reason", reason == null ? "none" : reason)
                .register(registry)
                .increment();
    }

    void acknowledged(Duration latency) {
        ackLatency.record(latency);
    }

    void decided(Decision decision) {
        decisions.get(decision).increment();
    }

    void expired() {
        expired.increment();
    }

    /** Sent after it had waited, or had been cut off. */
    void released() {
        held("released");
    }

    void superseded() {
        held("superseded");
    }

    private void held(String outcome) {
        Counter.builder(HELD)
                .description("How suggestions left the hold queue")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    void ignored(String reason) {
        Counter.builder(IGNORED)
                .description("Events from CXone that changed nothing")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** @param name of the counter; subscribers are few, and named by the operator */
    void webhook(String name, String subscriber) {
        Counter.builder(name)
                .description("What became of events for a subscriber of webhooks")
                .tag(SUBSCRIBER, subscriber)
                .register(registry)
                .increment();
    }

    /** Those of subscribers that are not among them vanish. */
    void webhookLags(List<SubscriberStatus> statuses, Instant now) {
        webhookLagEvents.register(
                statuses.stream()
                        .map(status -> MultiGauge.Row.of(Tags.of(SUBSCRIBER, status.name()), status.behind()))
                        .collect(Collectors.toList()),
                true);
        webhookLag.register(
                statuses.stream()
                        .map(status -> MultiGauge.Row.of(
                                Tags.of(SUBSCRIBER, status.name()),
                                status.lag(now).toMillis() / 1000.0))
                        .collect(Collectors.toList()),
                true);
        webhookParkedEvents.register(
                statuses.stream()
                        .map(status -> MultiGauge.Row.of(
                                Tags.of(SUBSCRIBER, status.name()),
                                status.parked().count()))
                        .collect(Collectors.toList()),
                true);
        webhookParked.register(
                statuses.stream()
                        .map(status -> MultiGauge.Row.of(
                                Tags.of(SUBSCRIBER, status.name()),
                                status.parkedFor(now).toMillis() / 1000.0))
                        .collect(Collectors.toList()),
                true);
    }

    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    private double acceptance() {
        double accepted = decisions.get(Decision.ACCEPTED).count();
        return accepted / (accepted + decisions.get(Decision.DISMISSED).count());
    }
}
