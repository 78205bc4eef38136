package io.github.cxoneassist.webhook;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JdbcSubscribersTest extends JdbcSubscribersContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }
}
