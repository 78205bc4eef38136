package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;

/** One log after the other in the tables of a database, as it is: no key and no trigger of the tables is in its way. */
final class KeptLog implements AutoCloseable {
    private final TestDatabase testDatabase;
    private final HikariDataSource application;
    private final HikariDataSource reader;

    KeptLog(TestDatabase testDatabase) {
        this.testDatabase = testDatabase;
        this.application = testDatabase.open();
        testDatabase.dropKeys();
        this.reader = JournalDatabase.openToRead(testDatabase.settings());
    }

    /** Read by who may only read. */
    AuditSource of(AuditLog log) {
        testDatabase.empty();
        StoredLog.force(testDatabase, application, log);
        return new JdbcAuditSource(reader);
    }

    @Override
    public void close() {
        reader.close();
        application.close();
        testDatabase.close();
    }
}
