package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

class DatabaseLockTest extends DatabaseLockContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Override
    Connection lock(TestDatabase held) throws SQLException {
        Connection other = held.connect();
        other.createStatement().execute("BEGIN IMMEDIATE");
        return other;
    }
}
