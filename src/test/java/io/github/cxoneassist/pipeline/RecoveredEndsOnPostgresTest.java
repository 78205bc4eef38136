package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;

class RecoveredEndsOnPostgresTest extends RecoveredEndsContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
