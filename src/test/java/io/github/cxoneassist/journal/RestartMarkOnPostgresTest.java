package io.github.cxoneassist.journal;

class RestartMarkOnPostgresTest extends RestartMarkContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
