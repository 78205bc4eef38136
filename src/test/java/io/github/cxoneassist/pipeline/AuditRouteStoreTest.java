package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class AuditRouteStoreTest extends AuditRouteStoreContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
