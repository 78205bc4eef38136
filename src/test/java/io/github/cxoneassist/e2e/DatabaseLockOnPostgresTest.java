package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

class DatabaseLockOnPostgresTest extends DatabaseLockContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }

    @Override
    Connection lock(TestDatabase held) throws SQLException {
        Connection other = held.connect();
        other.createStatement().execute("BEGIN; LOCK TABLE audit_event IN EXCLUSIVE MODE");
        return other;
    }
}
