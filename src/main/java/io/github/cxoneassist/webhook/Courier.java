package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one event at a time to one subscriber: the tries, the time-out of each, the pauses between them. Holds no
 * thread while it waits.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Subscriber subscriber;
    private final WebhookRuntime runtime;
    private final DeliveryWriter writer;
    private final PumpTimer timer;
    private final PumpCounters counters;
    private final BooleanSupplier stopped;

    Courier(
            Subscriber subscriber,
            WebhookRuntime runtime,
            PumpTimer timer,
            PumpCounters counters,
            BooleanSupplier stopped) {
        this.subscriber = subscriber;
        this.runtime = runtime;
        this.writer = new DeliveryWriter(subscriber, runtime.texts(), runtime.clock());
        this.timer = timer;
        this.counters = counters;
        this.stopped = stopped;
    }

    /**
     * Completes, on any thread, when the event is delivered or given up; exceptionally where an executor takes no more
     * tasks; never once stopped.
     */
    CompletionStage<Outcome> deliver(WebhookEvent event) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        next(event, 1, end);
        return end;
    }

    private void next(WebhookEvent event, int number, CompletableFuture<Outcome> end) {
        Runnable onExecutor =
                () -> orBreakOff(end, () -> runtime.executor().execute(() -> attempt(event, number, end)));
        long pause = runtime.policy().pauseBefore(number, runtime.random()).toNanos();
        if (pause == 0) {
            onExecutor.run();
        } else {
            orBreakOff(end, () -> timer.after(Duration.ofNanos(pause), onExecutor));
        }
    }

    private void attempt(WebhookEvent event, int number, CompletableFuture<Outcome> end) {
        if (stopped.getAsBoolean()) {
            return;
        }
        // one answer counts, the transport's or the time-out's: what comes after it finds the future completed
        CompletableFuture<Answer> reply = new CompletableFuture<>();
        reply.whenComplete((answer, trouble) -> orBreakOff(end, () -> settle(event, number, answer, trouble, end)));
        orBreakOff(
                end,
                () -> timer.after(
                        runtime.policy().timeout(), () -> reply.completeExceptionally(new TimeoutException())));
        if (end.isDone()) {
            // without a time-out nothing is sent: its answer would begin a second chain beside the next one
            return;
        }
        try {
            runtime.transport().post(writer.write(event)).whenComplete((answer, trouble) -> {
                if (trouble != null) {
                    reply.completeExceptionally(trouble);
                } else {
                    reply.complete(answer);
                }
            });
        } catch (RuntimeException e) {
            // also where the event can't be written: it must be given up in the end, or it would block all behind it
            reply.completeExceptionally(e);
        }
    }

    private void settle(
            WebhookEvent event, int number, Answer answer, Throwable trouble, CompletableFuture<Outcome> end) {
        if (stopped.getAsBoolean()) {
            return;
        }
        timer.cancel();
        String failure = failure(answer, trouble);
        if (failure == null) {
            counters.countDelivered();
            end.complete(new Outcome(number, null));
            return;
        }
        counters.countFailedTry(failure);
        LOG.info(
                "Webhook event {} to subscriber {}: try {} of {} failed: {}",
                event.seq(),
                subscriber.name(),
                number,
                runtime.policy().tries(),
                failure);
        if (number < runtime.policy().tries()) {
            next(event, number + 1, end);
        } else {
            end.complete(new Outcome(number, failure));
        }
    }

    /**
     * Null for success. Of an exception that is not ours only its type: HTTP clients put the whole URL, query included, in
     * messages.
     */
    private String failure(Answer answer, Throwable trouble) {
        if (trouble == null) {
            return answer.isSuccess() ? null : "HTTP status " + answer.status();
        }
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        if (cause instanceof DeliveryException) {
            return cause.getMessage();
        }
        return cause instanceof TimeoutException
                ? "no answer within " + runtime.policy().timeout()
                : cause.getClass().getSimpleName();
    }

    private static void orBreakOff(CompletableFuture<Outcome> end, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }
}
