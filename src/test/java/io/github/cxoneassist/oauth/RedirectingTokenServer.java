package io.github.cxoneassist.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Sends every client, and the secret it carries, somewhere else. */
final class RedirectingTokenServer extends TestTokenServer {

    @Override
    void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
        exchange.sendResponseHeaders(307, -1);
    }
}
