package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;

class AuditBesideTheApplicationOnPostgresTest extends AuditBesideTheApplicationContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
