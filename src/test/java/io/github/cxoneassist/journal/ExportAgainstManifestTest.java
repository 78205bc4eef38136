package io.github.cxoneassist.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ExportAgainstManifestTest extends ExportAgainstManifestContract {
    @TempDir
    static Path place;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(place);
    }
}
