package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Reads so many requests without ever answering, and takes everything from then on. */
final class ReceiverThatHangsAtFirst extends Receiver {

    private final int hanging;

    ReceiverThatHangsAtFirst(int hanging) {
        this.hanging = hanging;
    }

    @Override
    void answer(int number, HttpExchange exchange) throws IOException {
        if (number > hanging) {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }
    }
}
