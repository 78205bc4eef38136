package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a status, a {@code Retry-After} and a text. */
final class ReceiverThatSpeaks extends Receiver {

    private final int status;
    private final String retryAfter;
    private final byte[] text;

    ReceiverThatSpeaks(int status, String retryAfter, String text) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", retryAfter);
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
