package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers 500 so many times, and takes everything from then on. */
final class ReceiverThatFailsAtFirst extends Receiver {

    private final int failures;

    ReceiverThatFailsAtFirst(int failures) {
        this.failures = failures;
    }

    @Override
    void answer(int number, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(number <= failures ? 500 : 200, -1);
        exchange.close();
    }
}
