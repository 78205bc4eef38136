package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;

class AuditRouteStoreOnPostgresTest extends AuditRouteStoreContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
