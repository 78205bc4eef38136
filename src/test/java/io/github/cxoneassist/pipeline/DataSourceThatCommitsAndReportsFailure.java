package io.github.cxoneassist.pipeline;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Commits, and the next answer is lost once it is told so, like a connection that breaks in between. */
final class DataSourceThatCommitsAndReportsFailure extends DelegatingDataSource {

    private final AtomicBoolean once = new AtomicBoolean();

    DataSourceThatCommitsAndReportsFailure(DataSource database) {
        super(database);
    }

    void loseTheNextAnswer() {
        once.set(true);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("commit") && once.getAndSet(false)) {
                            throw new SQLException("the connection broke on purpose");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
