package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What all pumps share. It owns nothing: who made the executors ends them, after the pumps.
 *
 * @param random used from several threads: {@link java.util.Random} is fit for that
 * @param executor for what blocks: feed, store, listener. Must not run tasks on the caller's thread, or waking a pump would
 *     hold up whoever commits
 * @param timers for pauses; one that removes cancelled tasks keeps none of those that are over
 */
public record WebhookRuntime(
        EventFeed feed,
        TextSource texts,
        DeliveryStore store,
        Transport transport,
        DeliveryRules rules,
        DeliveryListener listener,
        Clock clock,
        RandomGenerator random,
        Executor executor,
        ScheduledExecutorService timers) {

    public WebhookRuntime {
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(texts, "texts");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(timers, "timers");
    }
}
