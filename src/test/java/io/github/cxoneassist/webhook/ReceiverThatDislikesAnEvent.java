package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers one event with an error, so often, and takes all others. */
final class ReceiverThatDislikesAnEvent extends Receiver {

    private final long seq;
    private final int status;
    private final AtomicInteger left;

    ReceiverThatDislikesAnEvent(long seq, int status, int times) {
        this.seq = seq;
        this.status = status;
        this.left = new AtomicInteger(times);
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        answer(exchange, request.seq() == seq && left.getAndDecrement() > 0 ? status : 204);
    }
}
