package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;

class RecoveryOnPostgresTest extends RecoveryContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
