package io.github.cxoneassist.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Always gives the same answer. */
final class AnsweringTokenServer extends TestTokenServer {

    private final int status;
    private final String contentType;
    private final String body;
    private final String retryAfter;

    AnsweringTokenServer(int status, String contentType, String body, String retryAfter) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.retryAfter = retryAfter;
    }

    static AnsweringTokenServer json(int status, String body) {
        return new AnsweringTokenServer(status, "application/json", body, null);
    }

    @Override
    void answer(HttpExchange exchange) throws IOException {
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        send(exchange, status, contentType, body);
    }
}
