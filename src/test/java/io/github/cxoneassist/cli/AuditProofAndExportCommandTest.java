package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;

class AuditProofAndExportCommandTest extends AuditProofAndExportCommandContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Override
    Optional<Path> defaultAnchors() {
        return Optional.of(folder.resolve("journal.db.anchors.jsonl"));
    }
}
