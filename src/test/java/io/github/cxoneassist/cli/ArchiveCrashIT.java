package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;

class ArchiveCrashIT extends ArchiveCrashContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Override
    TestDatabase restored(TestDatabase written, Path place) throws Exception {
        Files.copy(folder.resolve("journal.db"), place.resolve("journal.db"));
        return TestDatabase.sqlite(place);
    }
}
