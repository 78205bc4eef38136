package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;

class AuditLogOfAnEarlierRunTest extends AuditLogOfAnEarlierRunContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Override
    Path anchors() {
        return folder.resolve("journal.db.anchors.jsonl");
    }
}
