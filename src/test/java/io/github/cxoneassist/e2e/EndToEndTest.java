package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.TestDatabase;

class EndToEndTest extends EndToEndContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
