package io.github.cxoneassist.journal;

class TamperedExportOnPostgresTest extends TamperedExportContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
