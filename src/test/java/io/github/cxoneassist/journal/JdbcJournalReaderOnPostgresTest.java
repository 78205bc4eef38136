package io.github.cxoneassist.journal;

class JdbcJournalReaderOnPostgresTest extends JdbcJournalReaderContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
