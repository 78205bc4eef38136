package io.github.cxoneassist.journal;

class LegalHoldsOnPostgresTest extends LegalHoldsContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }
}
