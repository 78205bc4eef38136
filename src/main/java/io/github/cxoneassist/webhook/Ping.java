package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One test event, {@code agentassist.ping}, to one subscriber: signed and sent as all others are, and in no journal. */
public final class Ping {

    private final Transport transport;
    private final Clock clock;
    private final Duration patience;

    /**
     * How it went.
     *
     * @param status of the answer; 0 where there was none
     * @param failure why there was no answer, fit to be shown; null where there was one
     */
    public record Result(String id, int status, String failure, Duration took) {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** @param patience for how long an answer is waited for, where the transport does not give up before */
    public Ping(Transport transport, Clock clock, Duration patience) {
        this.transport = transport;
        this.clock = clock;
        this.patience = patience;
    }

    /** Waits for the answer. */
    public Result send(Subscriber subscriber) throws InterruptedException {
        String id = "msg_ping-" + UUID.randomUUID();
        Delivery delivery = new DeliveryWriter(subscriber, TextSource.NONE, clock)
                .signed(id, WebhookPayload.ping(subscriber, clock.instant()));
        long began = System.nanoTime();
        int status = 0;
        String failure = null;
        try {
            status = transport
                    .post(delivery)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .status();
        } catch (TimeoutException e) {
            failure = "no answer within " + patience.toSeconds() + " s";
        } catch (ExecutionException e) {
            // of what is not ours only the type: HTTP clients put the whole URL, query included, in messages
            failure = e.getCause() instanceof DeliveryException said
                    ? said.getMessage()
                    : "no answer: " + e.getCause().getClass().getSimpleName();
        }
        return new Result(id, status, failure, Duration.ofNanos(System.nanoTime() - began));
    }
}
