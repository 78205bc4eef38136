package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;

class EndToEndOnPostgresTest extends EndToEndContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
