package io.github.cxoneassist.sandbox;

/** Takes so many frames on each connection after auth.success, then drops it. */
public record ClosesAfter(int frames) implements Fault {
    @Override
    public void atFrame(Connection connection, Runnable goOn) {
        goOn.run();
        if (connection.framesSinceAuth() >= frames) {
            connection.drop();
        }
    }
}
