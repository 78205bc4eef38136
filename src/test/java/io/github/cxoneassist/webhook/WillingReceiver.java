package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Takes everything. */
final class WillingReceiver extends Receiver {

    WillingReceiver() {}

    WillingReceiver(InetSocketAddress address) {
        super(address);
    }

    WillingReceiver(int port) {
        super(port);
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        answer(exchange, 204);
    }
}
