package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Sends everybody somewhere else. */
final class ReceiverThatRedirects extends Receiver {

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("location", "/elsewhere");
        exchange.sendResponseHeaders(307, -1);
        exchange.close();
    }
}
