package io.github.cxoneassist.webhook;

import io.github.cxoneassist.journal.TestDatabase;

class JdbcCursorStoreOnPostgresTest extends JdbcCursorStoreContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
