package io.github.cxoneassist.journal;

class ExportAgainstManifestOnPostgresTest extends ExportAgainstManifestContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
