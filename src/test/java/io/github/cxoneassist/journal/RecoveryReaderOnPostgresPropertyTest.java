package io.github.cxoneassist.journal;

class RecoveryReaderOnPostgresPropertyTest extends RecoveryReaderProperties {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
