package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers the upgrade with an HTTP status. */
final class RefusingUpgradeServer extends TestServer {

    final AtomicInteger upgrades = new AtomicInteger();
    volatile int status = 429;
    volatile String retryAfter;

    RefusingUpgradeServer(Vertx vertx, int status, String retryAfter) {
        super(vertx);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    @Override
    void install(HttpServer http) {
        http.requestHandler(request -> {
            upgrades.incrementAndGet();
            if (retryAfter != null) {
                request.response().putHeader("Retry-After", retryAfter);
            }
            request.response().setStatusCode(status).end();
        });
    }
}
