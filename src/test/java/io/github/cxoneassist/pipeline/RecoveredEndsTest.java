package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;

class RecoveredEndsTest extends RecoveredEndsContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
