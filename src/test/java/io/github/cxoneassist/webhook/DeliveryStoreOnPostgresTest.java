package io.github.cxoneassist.webhook;

import io.github.cxoneassist.journal.TestDatabase;

class DeliveryStoreOnPostgresTest extends DeliveryStoreContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }
}
