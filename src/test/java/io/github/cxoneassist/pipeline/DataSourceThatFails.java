package io.github.cxoneassist.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Hands out no connection while it is told so, like a database that is down. */
final class DataSourceThatFails extends DelegatingDataSource {

    private volatile boolean failing;

    DataSourceThatFails(DataSource database) {
        super(database);
    }

    void fail(boolean now) {
        failing = now;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (failing) {
            throw new SQLException("the database is down on purpose");
        }
        return super.getConnection();
    }
}
