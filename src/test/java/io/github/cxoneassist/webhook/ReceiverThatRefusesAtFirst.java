package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** Answers so many requests with a status other than success, and takes everything from then on. */
final class ReceiverThatRefusesAtFirst extends Receiver {

    private final int refusals;
    private final int status;
    private final Map<String, String> headers;

    ReceiverThatRefusesAtFirst(int refusals, int status) {
        this(refusals, status, Map.of());
    }

    ReceiverThatRefusesAtFirst(int refusals, int status, Map<String, String> headers) {
        this.refusals = refusals;
        this.status = status;
        this.headers = headers;
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        if (number <= refusals) {
            headers.forEach(exchange.getResponseHeaders()::add);
        }
        answer(exchange, number <= refusals ? status : 204);
    }
}
