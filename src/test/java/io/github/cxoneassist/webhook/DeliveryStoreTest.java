package io.github.cxoneassist.webhook;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DeliveryStoreTest extends DeliveryStoreContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
