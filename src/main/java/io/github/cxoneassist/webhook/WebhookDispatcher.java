package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pump for each subscriber that is to be told now. Who that is, it looks up every few seconds: subscribers come, go, change
 * and pause while it runs. A pump that is to end gets the answers to what it has under way first, so that no subscriber ever
 * has two.
 */
public final class WebhookDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final long PATIENCE_MILLIS = 2_000;

    private final SubscriberSource source;
    private final WebhookRuntime runtime;
    private final Serial serial;

    /** By name; replaced as a whole, by the looks alone. */
    private volatile Map<String, WebhookPump> pumps = Map.of();

    private volatile Set<String> wanted = Set.of();
    private volatile List<SubscriberStatus> statuses = List.of();
    private volatile boolean stopped;

    public WebhookDispatcher(SubscriberSource source, WebhookRuntime runtime) {
        this.source = source;
        this.runtime = runtime;
        this.serial = new Serial(runtime.executor());
    }

    /**
     * Begins with those who are subscribers now: they get all that is committed after this call returns. Blocks.
     *
     * @throws RuntimeException where that fails; nothing runs then
     */
    public void start() {
        try {
            look();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        long millis = runtime.rules().look().toMillis();
        runtime.timers()
                .scheduleWithFixedDelay(() -> serial.execute(this::lookAgain), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether a row of this kind is for anybody. */
    public boolean wants(String event) {
        return wanted.contains(event);
    }

    /** To be called after commits that somebody wants, from whichever thread. Never blocks. */
    public void wake() {
        pumps.values().forEach(WebhookPump::wake);
    }

    /** No try begins any more. Waits a moment for answers, and until what is known is written. */
    public void stop() {
        stopped = true;
        List<WebhookPump> all = List.copyOf(pumps.values());
        if (!await(all, WebhookPump::stop)) {
            await(all, WebhookPump::cutOff);
        }
    }

    private static boolean await(List<WebhookPump> pumps, Function<WebhookPump, CompletionStage<Void>> end) {
        CompletableFuture<?>[] ends = pumps.stream()
                .map(pump -> end.apply(pump).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Of all subscribers, as of the last look; costs nothing. */
    public List<SubscriberStatus> statuses() {
        return statuses;
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.warn("Who is to be told by webhooks could not be looked up, or not be told: it stays as it was", e);
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        List<Subscriber> subscribers = source.subscribers();
        Map<String, String> disabled = runtime.store().disabled();
        Map<String, WebhookPump> running = new LinkedHashMap<>(pumps);
        Optional<RuntimeException> failure = Optional.empty();
        for (Subscriber subscriber : subscribers) {
            try {
                boolean active = !subscriber.paused() && !disabled.containsKey(subscriber.name());
                attend(subscriber, active, running);
            } catch (RuntimeException e) {
                // the others are none the worse for it
                failure = Optional.of(e);
            }
        }
        retire(subscribers.stream().map(Subscriber::name).collect(Collectors.toSet()), running);
        wanted = running.values().stream()
                .flatMap(pump -> pump.subscriber().events().stream())
                .collect(Collectors.toUnmodifiableSet());
        pumps = Map.copyOf(running);
        if (stopped) {
            // meanwhile: whoever stopped it did not know of the new ones
            running.values().forEach(WebhookPump::cutOff);
            return;
        }
        statuses = statuses(subscribers, disabled);
        runtime.listener().looked(statuses);
        failure.ifPresent(e -> {
            throw e;
        });
    }

    private void attend(Subscriber subscriber, boolean active, Map<String, WebhookPump> running) {
        WebhookPump pump = running.get(subscriber.name());
        if (pump != null && !pump.hasEnded()) {
            if (active && !pump.isGone() && pump.subscriber().equals(subscriber)) {
                pump.look();
            } else {
                pump.stop();
            }
            return;
        }
        running.remove(subscriber.name());
        if (active) {
            WebhookPump next = new WebhookPump(subscriber, runtime);
            next.start();
            running.put(subscriber.name(), next);
        } else if (runtime.store().cursor(subscriber.name()).isEmpty()) {
            // what happens while it is paused waits for it, from the first
            runtime.store().begin(subscriber.name(), runtime.feed().head());
        }
    }

    private void retire(Set<String> known, Map<String, WebhookPump> running) {
        for (String name : List.copyOf(running.keySet())) {
            WebhookPump pump = running.get(name);
            if (known.contains(name)) {
                continue;
            }
            if (pump.hasEnded()) {
                running.remove(name);
            } else {
                pump.stop();
            }
        }
    }

    private List<SubscriberStatus> statuses(List<Subscriber> subscribers, Map<String, String> disabled) {
        List<SubscriberStatus> all = new ArrayList<>();
        long head = subscribers.isEmpty() ? 0 : runtime.feed().head();
        for (Subscriber subscriber : subscribers) {
            all.add(status(subscriber, disabled.get(subscriber.name()), head));
        }
        return List.copyOf(all);
    }

    private SubscriberStatus status(Subscriber subscriber, String disabled, long head) {
        WebhookPump pump = pumps.get(subscriber.name());
        long settled = pump == null ? runtime.store().cursor(subscriber.name()).orElse(head) : pump.settledUpTo();
        SubscriberStatus.State state = SubscriberStatus.State.DELIVERING;
        String reason = pump == null ? "" : pump.lastFailure();
        if (disabled != null) {
            state = SubscriberStatus.State.DISABLED;
            reason = disabled;
        } else if (subscriber.paused()) {
            state = SubscriberStatus.State.PAUSED;
        } else if (pump != null && pump.isOpen()) {
            state = SubscriberStatus.State.LEFT_ALONE;
        }
        long behind = Math.max(0, head - settled);
        Optional<Instant> since =
                behind == 0 ? Optional.empty() : runtime.feed().timeBehind(settled);
        return new SubscriberStatus(
                subscriber.name(),
                subscriber.target().shown(),
                state,
                reason,
                behind,
                since,
                runtime.store().parked(subscriber.name()));
    }
}
