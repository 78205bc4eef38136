package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Closes the connection in the middle of so many answers, each of which began with a 200, and takes everything from then on. */
final class ReceiverThatBreaksOffAtFirst extends Receiver {

    private final int broken;

    ReceiverThatBreaksOffAtFirst(int broken) {
        this.broken = broken;
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        if (number > broken) {
            answer(exchange, 200);
            return;
        }
        exchange.sendResponseHeaders(200, 10);
        exchange.getResponseBody().write(new byte[] {'O', 'K'});
        exchange.getResponseBody().flush();
        // less than it promised: the server closes the connection
        throw new IOException("broken off");
    }
}
