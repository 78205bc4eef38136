package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one subscriber what the log has for it, at least once and of one interaction in order. An actor: all that it does runs
 * one after the other, on an executor that it shares, and it holds no thread while it waits. Of the backlog it never has more
 * than a window in memory.
 */
final class WebhookPump {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookPump.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
    private static final int ROWS_WORTH_A_WRITE = 1_000;
    private static final Duration TIME_WORTH_A_WRITE = Duration.ofSeconds(10);

    private record Death(WebhookEvent event, int tries, String reason) {}

    private final Subscriber subscriber;
    private final WebhookRuntime runtime;
    private final DeliveryWriter writer;
    private final Serial serial;

    /** For pauses; what is written down is by the clock of the runtime. */
    private final Clock forward;

    private final Alarm alarm;
    private final SubscriberBreaker breaker;
    private final Unsaved unsaved;
    private final List<Death> deaths = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Lanes lanes;
    private Intake intake;
    private Settler settler;
    private Suspects suspects;
    private boolean stopping;
    private boolean gone;
    private Instant faultUntil = Instant.MIN;
    private Instant savedAt;
    private long saved;
    private String generation;

    private volatile long settledUpTo;
    private volatile boolean goneIsWritten;
    private volatile String lastFailure = "";
    private volatile boolean open;

    WebhookPump(Subscriber subscriber, WebhookRuntime runtime) {
        this.subscriber = subscriber;
        this.runtime = runtime;
        this.writer = new DeliveryWriter(subscriber, runtime.texts(), runtime.clock());
        this.serial = new Serial(runtime.executor());
        this.alarm = new Alarm(runtime.timers(), () -> serial.execute(this::step));
        this.forward = new ForwardClock(runtime.clock());
        this.breaker = new SubscriberBreaker(subscriber.name(), runtime.rules(), forward, runtime.random());
        this.unsaved = new Unsaved(runtime.rules().group(), forward);
    }

    /**
     * Takes up the cursor and begins with what waits behind it. A new subscriber gets what is committed after this call
     * returns. Blocks; to be called once.
     *
     * @throws RuntimeException of the feed or the store: this pump has not begun then
     */
    void start() {
        Optional<Place> known = runtime.store().place(subscriber.name());
        if (known.isEmpty()) {
            // a subscriber that stays unknown would miss, at the next start, what happened until then
            runtime.store().begin(subscriber.name(), runtime.feed().head());
            known = runtime.store().place(subscriber.name());
        }
        Place place = known.orElseThrow(() -> new IllegalStateException("removed as it began: " + subscriber.name()));
        saved = place.seq();
        generation = place.generation();
        if (place.notBefore() != null) {
            Instant now = runtime.clock().instant();
            breaker.leaveAlone(Verdict.atMostLongest(Duration.between(now, place.notBefore())));
        }
        settledUpTo = saved;
        savedAt = forward.instant();
        lanes = new Lanes(DeliveryRules.WINDOW, subscriber.parallel(), saved);
        intake = new Intake(subscriber, runtime.feed(), runtime.store(), lanes, unsaved);
        settler = new Settler(lanes, unsaved, runtime.rules().schedule(), runtime.random());
        suspects = new Suspects(lanes);
        serial.execute(this::step);
    }

    /** Says that the log has grown. Never blocks. */
    void wake() {
        serial.execute(() -> {
            intake.logHasGrown();
            step();
        });
    }

    /** Looks for what others may have changed: rows in the log, and what was parked by a replay. Never blocks. */
    void look() {
        serial.execute(() -> {
            intake.logHasGrown();
            intake.retriesMayBeDue();
            step();
        });
    }

    /** No try begins any more. Completes when the last has ended and is written. */
    CompletionStage<Void> stop() {
        serial.execute(() -> {
            stopping = true;
            step();
        });
        return ended;
    }

    /** As {@link #stop}, but without waiting for answers: their events are told again, after the next start. */
    CompletionStage<Void> cutOff() {
        serial.execute(this::end);
        return ended;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** Up to where all is delivered, parked or dead. */
    long settledUpTo() {
        return settledUpTo;
    }

    /** The subscriber said so, and it is written: nothing more is done. */
    boolean isGone() {
        return goneIsWritten;
    }

    /** Of the last try or, where the database is the trouble, of that; empty where all is well. */
    String lastFailure() {
        return lastFailure;
    }

    boolean isOpen() {
        return open;
    }

    private void step() {
        if (ended.isDone()) {
            return;
        }
        Instant now = forward.instant();
        if (!now.isBefore(faultUntil)) {
            try {
                work(now);
            } catch (RuntimeException e) {
                faultUntil = now.plus(PAUSE_AFTER_FAULT);
                lastFailure = "the database: " + e.getMessage();
                LOG.warn(
                        "Webhooks of subscriber {} pause for {} behind row {}",
                        subscriber.name(),
                        PAUSE_AFTER_FAULT,
                        saved,
                        e);
            }
        }
        settledUpTo = lanes.settledUpTo();
        if (stopping && lanes.underWay() == 0) {
            end();
        } else {
            setAlarm(now);
        }
    }

    private void work(Instant now) {
        if (unsaved.isDue() || cursorIsWorthAWrite(now)) {
            write();
        }
        if (stopping || gone || now.isBefore(breaker.notBefore())) {
            // nothing is read, either, for somebody who can't be told
            return;
        }
        Instant today = runtime.clock().instant();
        if (intake.wantsToRead(today)) {
            if (unsaved.bearsOnReading()) {
                write();
            }
            intake.read(today);
        }
        while (!ended.isDone() && lanes.hasNext() && breaker.mayCall()) {
            send(lanes.next());
        }
    }

    /** It moves over rows that the subscriber doesn't want, too; but not each of these is worth it. */
    private boolean cursorIsWorthAWrite(Instant now) {
        long moved = lanes.settledUpTo() - saved;
        return moved >= ROWS_WORTH_A_WRITE
                || moved > 0 && unsaved.isEmpty() && !now.isBefore(savedAt.plus(TIME_WORTH_A_WRITE));
    }

    private void write() {
        long upTo = lanes.settledUpTo();
        if (!runtime.store()
                .settle(
                        subscriber.name(),
                        generation,
                        unsaved.upTo(upTo),
                        runtime.clock().instant())) {
            LOG.info("Subscriber {} was removed: it is told nothing more", subscriber.name());
            ended.complete(null);
            return;
        }
        unsaved.clear();
        saved = upTo;
        savedAt = forward.instant();
        goneIsWritten = gone;
        intake.settled();
        List<Death> written = List.copyOf(deaths);
        deaths.clear();
        written.forEach(death -> runtime.listener().dead(subscriber, death.event(), death.tries(), death.reason()));
    }

    private void send(Errand errand) {
        Delivery delivery;
        try {
            delivery = writer.write(errand.event());
        } catch (DeliveryStoreException e) {
            // a fault of the database, as others are: no call was made, and the event has nothing to do with it
            breaker.saysNothing();
            lanes.putBack(errand);
            intake.retriesMayBeDue();
            throw e;
        } catch (RuntimeException e) {
            // counts against the event: one that can't be written must not block all behind it
            LOG.warn("Event {} can't be made a webhook", errand.seq(), e);
            breaker.saysNothing();
            serial.execute(() -> unwritable(errand));
            return;
        }
        CompletionStage<Answer> answer;
        try {
            answer = runtime.transport().post(delivery);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedStage(e);
        }
        // a copy: the transport's own stage is its own to complete
        answer.thenApply(any -> any)
                .toCompletableFuture()
                .orTimeout(runtime.rules().timeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((given, trouble) -> serial.execute(() -> settle(
                        errand,
                        trouble == null ? Verdict.of(given, runtime.clock().instant()) : Verdict.of(trouble))));
    }

    private void unwritable(Errand errand) {
        if (!ended.isDone()) {
            answered(
                    errand,
                    new Verdict.Failed("it can't be written", Duration.ZERO),
                    runtime.clock().instant());
            step();
        }
    }

    private void settle(Errand errand, Verdict verdict) {
        if (ended.isDone()) {
            return;
        }
        Instant now = runtime.clock().instant();
        if (!(verdict instanceof Verdict.Trouble trouble)) {
            breaker.worked();
            suspects.answered(errand);
            answered(errand, verdict, now);
        } else if (suspects.inTrouble(errand)) {
            breaker.saysNothing();
            leaveAlone(trouble.pause(), now);
            answered(errand, new Verdict.Failed(trouble.reason(), trouble.pause()), now);
        } else {
            failed(errand, trouble.reason());
            breaker.inTrouble(trouble.reason(), trouble.pause());
            leaveAlone(trouble.pause(), now);
            lanes.putBack(errand);
            intake.retriesMayBeDue();
            runtime.listener().retried(subscriber);
        }
        tellOfBreaker();
        step();
    }

    /** As the subscriber asked; a restart, or another place of it, is no reason to forget it. */
    private void leaveAlone(Duration pause, Instant now) {
        if (!pause.isZero()) {
            breaker.leaveAlone(pause);
            unsaved.leftAlone(now.plus(pause));
        }
    }

    private void answered(Errand errand, Verdict verdict, Instant now) {
        if (verdict instanceof Verdict.Failed failure) {
            failed(errand, failure.reason());
            if (settler.failed(errand, failure.reason(), failure.pause(), now)) {
                runtime.listener().retried(subscriber);
            } else {
                died(errand, failure.reason());
            }
        } else if (verdict instanceof Verdict.Refused refusal) {
            failed(errand, refusal.reason());
            settler.dead(errand, refusal.reason(), now);
            died(errand, refusal.reason());
        } else if (verdict instanceof Verdict.Gone end) {
            failed(errand, end.reason());
            lanes.putBack(errand);
            unsaved.gone(end.reason());
            gone = true;
            LOG.warn("Subscriber {} says that it is gone: it is disabled", subscriber.name());
        } else {
            lastFailure = "";
            settler.delivered(errand);
            runtime.listener().delivered(subscriber);
        }
    }

    private void failed(Errand errand, String reason) {
        lastFailure = reason;
        LOG.info("Webhook event {} to subscriber {} failed: {}", errand.seq(), subscriber.name(), reason);
    }

    private void died(Errand errand, String reason) {
        int tries = errand.tries() + 1;
        deaths.add(new Death(errand.event(), tries, reason));
        LOG.warn(
                "Webhook event {} is given up for subscriber {} after {} tries: {}",
                errand.seq(),
                subscriber.name(),
                tries,
                reason);
    }

    private void tellOfBreaker() {
        boolean nowOpen = breaker.isOpen();
        if (nowOpen && !open) {
            LOG.warn("Subscriber {} is left alone but for probes: {}", subscriber.name(), lastFailure);
        } else if (open && !nowOpen) {
            LOG.info("Subscriber {} answers again", subscriber.name());
        }
        open = nowOpen;
    }

    private void end() {
        if (ended.isDone()) {
            return;
        }
        alarm.off();
        try {
            settler.endsHere(runtime.clock().instant());
            if (!unsaved.isEmpty() || lanes.settledUpTo() > saved) {
                write();
            }
        } catch (RuntimeException e) {
            LOG.warn("The cursor of subscriber {} stays at {}: events are told again", subscriber.name(), saved, e);
        }
        ended.complete(null);
    }

    private void setAlarm(Instant now) {
        Stream.Builder<Instant> times = Stream.builder();
        times.add(faultUntil).add(breaker.notBefore());
        if (!unsaved.isEmpty()) {
            times.add(unsaved.dueAt());
        }
        intake.nextRetry()
                .map(due -> now.plus(Duration.between(runtime.clock().instant(), due)))
                .ifPresent(times::add);
        times.build().filter(now::isBefore).min(Instant::compareTo).ifPresent(time -> alarm.at(time, now));
    }
}
