package io.github.cxoneassist.webhook;

import io.github.cxoneassist.journal.TestDatabase;

class JdbcSubscribersOnPostgresTest extends JdbcSubscribersContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
