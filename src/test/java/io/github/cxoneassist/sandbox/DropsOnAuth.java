package io.github.cxoneassist.sandbox;

public final class DropsOnAuth implements Fault {
    @Override
    public void atAuth(Connection connection, Runnable goOn) {
        connection.drop();
    }
}
