package io.github.cxoneassist.journal;

class AuditExportOnPostgresTest extends AuditExportContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
