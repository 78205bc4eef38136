package io.github.cxoneassist.sandbox;

import io.vertx.core.Vertx;
import java.time.Duration;

public record SlowAuth(Duration delay) implements Fault {
    @Override
    public void atAuth(Connection connection, Runnable goOn) {
        Vertx.currentContext().owner().setTimer(delay.toMillis(), id -> goOn.run());
    }
}
