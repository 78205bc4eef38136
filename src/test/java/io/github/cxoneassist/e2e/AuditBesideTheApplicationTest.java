package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;

class AuditBesideTheApplicationTest extends AuditBesideTheApplicationContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
