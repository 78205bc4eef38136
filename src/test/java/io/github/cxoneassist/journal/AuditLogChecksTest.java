package io.github.cxoneassist.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class AuditLogChecksTest extends AuditLogChecksContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
