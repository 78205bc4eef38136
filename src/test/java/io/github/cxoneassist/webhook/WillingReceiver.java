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

    @Override
    void answer(int number, HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
