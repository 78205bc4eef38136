package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes everything, each after a while, and knows how many it had at once. */
final class ReceiverThatAnswersLate extends Receiver {

    private final int millis;
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    ReceiverThatAnswersLate(int millis) {
        this.millis = millis;
    }

    int mostAtOnce() {
        return most.get();
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        atOnce.decrementAndGet();
        answer(exchange, 204);
    }
}
