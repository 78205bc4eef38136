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
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        if (number > hanging) {
            answer(exchange, 200);
        }
    }
}
