package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes everything, but one event only after a while. */
final class ReceiverThatIsSlowWithAnEvent extends Receiver {

    private final long seq;
    private final int millis;

    ReceiverThatIsSlowWithAnEvent(long seq, int millis) {
        this.seq = seq;
        this.millis = millis;
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        if (request.seq() == seq) {
            try {
                new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        answer(exchange, 204);
    }
}
