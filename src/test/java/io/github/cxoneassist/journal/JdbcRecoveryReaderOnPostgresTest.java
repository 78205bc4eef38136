package io.github.cxoneassist.journal;

class JdbcRecoveryReaderOnPostgresTest extends JdbcRecoveryReaderContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
