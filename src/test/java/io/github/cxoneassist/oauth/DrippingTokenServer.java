package io.github.cxoneassist.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends a byte often enough that no single read times out, and never ends. */
final class DrippingTokenServer extends TestTokenServer {

    private final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch clientLeft = new CountDownLatch(1);

    @Override
    void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        } catch (IOException e) {
            clientLeft.countDown();
            throw e;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        super.close();
    }
}
