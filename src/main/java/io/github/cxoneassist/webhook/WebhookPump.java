package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one subscriber what the journal has for it: strictly in order, one event at a time, each until it is delivered
 * or given up. The cursor is saved after each, so that a crash in between repeats one event, under the same id.
 *
 * <p>Thread-safe. While it waits for an answer or a pause it holds no thread, and of the backlog never more than a page.
 */
public final class WebhookPump {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookPump.class);
    private static final int PAGE = 100;
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final Subscriber subscriber;
    private final WebhookRuntime runtime;
    private final RunGate gate = new RunGate();
    private final PumpCounters counters = new PumpCounters();
    private final PumpTimer timer;
    private final Courier courier;

    /** Written by the one run that goes on, read by {@link #status}. */
    private volatile long position;

    public WebhookPump(Subscriber subscriber, WebhookRuntime runtime) {
        this.subscriber = subscriber;
        this.runtime = runtime;
        this.timer = new PumpTimer(runtime.timers());
        this.courier = new Courier(subscriber, runtime, timer, counters, gate::stopped);
    }

    /**
     * Takes up the cursor and begins with what waits behind it. A new subscriber gets what is committed after this call
     * returns. Blocks; to be called once, before the first event that must not be missed.
     *
     * @throws RuntimeException of the feed or the cursors; the pump may be started again
     */
    public void start() {
        OptionalLong cursor = runtime.cursors().load(subscriber.name());
        if (cursor.isPresent()) {
            position = cursor.getAsLong();
        } else {
            long head = runtime.feed().head();
            // a subscriber that stays unknown would miss, at the next start, what happened until then
            runtime.cursors().save(subscriber.name(), head);
            position = head;
        }
        gate.open();
        wake();
    }

    /** Says that the journal has grown. Costs next to nothing and never blocks; may be called at any rate. */
    public void wake() {
        if (gate.wake()) {
            onExecutor(this::pass);
        }
    }

    /**
     * No try begins any more. The answer to one that is under way is ignored, and its event repeated after a restart,
     * because the cursor store may be gone by the time it comes.
     */
    public void stop() {
        gate.stop();
        timer.stop();
    }

    /** Asks the feed for its head, so it may block. */
    public SubscriberStatus status() {
        return status(runtime.feed().head());
    }

    SubscriberStatus status(long head) {
        return counters.status(subscriber, gate.idle() ? 0 : Math.max(0, head - position));
    }

    private void pass() {
        gate.beginPass();
        List<WebhookEvent> page = runtime.feed().after(position, PAGE);
        if (!page.isEmpty()) {
            deliver(page.iterator());
        } else if (!gate.rest()) {
            onExecutor(this::pass);
        }
    }

    private void deliver(Iterator<WebhookEvent> page) {
        if (!page.hasNext()) {
            pass();
            return;
        }
        WebhookEvent event = page.next();
        courier.deliver(event).whenComplete((outcome, fault) -> {
            if (fault != null) {
                tryAgainLater(fault);
            } else {
                onExecutor(() -> {
                    settle(event, outcome);
                    deliver(page);
                });
            }
        });
    }

    private void settle(WebhookEvent event, Outcome outcome) {
        if (!outcome.delivered()) {
            giveUp(event, outcome);
        }
        position = event.seq();
        try {
            runtime.cursors().save(subscriber.name(), position);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The cursor of subscriber {} stays behind {}: events are repeated if the process ends now",
                    subscriber.name(),
                    position,
                    e);
        }
    }

    private void giveUp(WebhookEvent event, Outcome outcome) {
        counters.countGivenUp();
        LOG.warn(
                "Webhook event {} is given up for subscriber {} after {} tries: {}",
                event.seq(),
                subscriber.name(),
                outcome.tries(),
                outcome.failure());
        try {
            runtime.onGivenUp().onGivenUp(subscriber, event, outcome.tries(), outcome.failure());
        } catch (RuntimeException e) {
            LOG.error(
                    "That event {} was given up for subscriber {} could not be recorded",
                    event.seq(),
                    subscriber.name(),
                    e);
        }
    }

    private void onExecutor(Runnable step) {
        try {
            runtime.executor().execute(() -> {
                if (gate.stopped()) {
                    return;
                }
                try {
                    step.run();
                } catch (RuntimeException e) {
                    tryAgainLater(e);
                }
            });
        } catch (RejectedExecutionException e) {
            tryAgainLater(e);
        }
    }

    /**
     * The feed failed or the executor is full. The pump comes back on its own: a run that counted on the next wake-up
     * might wait for days.
     */
    private void tryAgainLater(Throwable fault) {
        if (gate.stopped()) {
            return;
        }
        LOG.warn(
                "Webhooks of subscriber {} pause for {} behind event {}",
                subscriber.name(),
                PAUSE_AFTER_FAULT,
                position,
                fault);
        try {
            timer.after(PAUSE_AFTER_FAULT, () -> onExecutor(this::pass));
        } catch (RejectedExecutionException e) {
            gate.abandon();
            LOG.warn("Webhooks of subscriber {} rest until woken: no timer runs", subscriber.name(), e);
        }
    }
}
