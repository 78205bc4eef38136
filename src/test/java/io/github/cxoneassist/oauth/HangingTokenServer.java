package io.github.cxoneassist.oauth;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** Takes the request and never answers. */
final class HangingTokenServer extends TestTokenServer {

    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    void answer(HttpExchange exchange) throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() {
        released.countDown();
        super.close();
    }
}
