package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.RowColumns;
import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;

/** The server notices that the command is gone, and takes back what it had not committed. */
class ArchiveCrashOnPostgresIT extends ArchiveCrashContract {

    private static final String COLUMNS = String.join(", ", RowColumns.NAMES);

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }

    @Override
    TestDatabase restored(TestDatabase written, Path place) {
        if (written.query("SELECT to_regclass('as_written')") == null) {
            written.tamper("CREATE TABLE as_written AS SELECT * FROM audit_event");
        } else if (!written.query("SELECT MIN(seq) FROM audit_event WHERE node = 'main'")
                .equals("1")) {
            // the row of the operator goes too, with its checkpoint
            written.tamper(
                    "DELETE FROM audit_event",
                    "DELETE FROM audit_head WHERE node <> 'main'",
                    "DELETE FROM audit_checkpoint WHERE node <> 'main'",
                    "INSERT INTO audit_event (" + COLUMNS + ") SELECT " + COLUMNS + " FROM as_written");
        }
        return written;
    }
}
