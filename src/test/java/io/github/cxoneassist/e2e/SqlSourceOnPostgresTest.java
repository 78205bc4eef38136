package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.PostgresCluster;
import io.github.cxoneassist.journal.TestDatabase;
import org.junit.jupiter.api.AfterEach;

class SqlSourceOnPostgresTest extends SqlSourceContract {

    private DatabaseSettings settings;

    @AfterEach
    void drop() {
        stopIt();
        TestDatabase.sharedServer().drop(settings);
    }

    @Override
    DatabaseSettings newDatabase() {
        settings = TestDatabase.sharedServer().emptyDatabase();
        return new DatabaseSettings(settings.url(), PostgresCluster.OWNER, PostgresCluster.OWNER_PASSWORD);
    }

    @Override
    String table() {
        return "CREATE TABLE cxone_suggestion (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT,"
                + " state TEXT NOT NULL DEFAULT 'new', outcome TEXT)";
    }
}
