package io.github.cxoneassist.journal;

class AuditLogChecksOnPostgresTest extends AuditLogChecksContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
