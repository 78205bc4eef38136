package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;

class RecoveryTest extends RecoveryContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
