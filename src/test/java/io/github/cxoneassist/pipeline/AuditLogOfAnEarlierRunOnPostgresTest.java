package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;

/** By the role that may append and read, and nothing else. */
class AuditLogOfAnEarlierRunOnPostgresTest extends AuditLogOfAnEarlierRunContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }

    /** Not the default, which is in the folder in which the application runs. */
    @Override
    Path anchors() {
        Path file = folder.resolve("anchors.jsonl");
        // a property takes a backslash for the mark of what is not to be resolved
        set("cxone.audit.anchor", AuditSettings.appendTo(file).replace("\\", "\\\\"));
        return file;
    }
}
