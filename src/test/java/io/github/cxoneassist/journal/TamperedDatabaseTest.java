package io.github.cxoneassist.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class TamperedDatabaseTest extends TamperedDatabaseContract {
    @TempDir
    static Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    /** In a table without a key, which a later test must not find. */
    @Override
    String[] secondRow1000() {
        return new String[] {
            "ALTER TABLE audit_event RENAME TO with_key",
            "CREATE TABLE audit_event AS SELECT * FROM with_key",
            "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1000",
            "UPDATE audit_event SET hash = '" + "f".repeat(64) + "' WHERE rowid = (SELECT MAX(rowid) FROM audit_event)"
        };
    }

    @AfterEach
    void bringTheKeyBack() {
        if (testDatabase.query("SELECT 1 FROM sqlite_master WHERE name = 'with_key'") != null) {
            testDatabase.tamper("DROP TABLE audit_event", "ALTER TABLE with_key RENAME TO audit_event");
        }
    }
}
