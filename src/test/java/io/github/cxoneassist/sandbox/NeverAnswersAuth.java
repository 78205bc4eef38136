package io.github.cxoneassist.sandbox;

public final class NeverAnswersAuth implements Fault {
    @Override
    public void atAuth(Connection connection, Runnable goOn) {
        // says nothing, and keeps the connection
    }
}
