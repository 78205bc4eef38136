package io.github.cxoneassist.pipeline;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Writes all that it is given, and holds each commit until it is let go. */
final class DataSourceThatCommitsLate extends DelegatingDataSource {

    private final CountDownLatch atCommit = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    DataSourceThatCommitsLate(DataSource database) {
        super(database);
    }

    void awaitCommit() throws InterruptedException {
        if (!atCommit.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody commits");
        }
    }

    void release() {
        released.countDown();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        atCommit.countDown();
                        released.await(10, TimeUnit.SECONDS);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
