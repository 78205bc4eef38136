package io.github.cxoneassist.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of tampering with a log in SQLite. */
class AuditVerifierOnSqliteTest {
    private static KeptLog kept;

    @BeforeAll
    static void open(@TempDir Path folder) {
        kept = new KeptLog(TestDatabase.sqlite(folder));
    }

    @AfterAll
    static void close() {
        kept.close();
    }

    @Nested
    class Rows extends TamperedRowsContract {
        @Override
        AuditSource kept(AuditLog log) {
            return kept.of(log);
        }
    }

    @Nested
    class History extends TamperedHistoryContract {
        @Override
        AuditSource kept(AuditLog log) {
            return kept.of(log);
        }
    }

    @Nested
    class Checkpoints extends TamperedCheckpointsContract {
        @Override
        AuditSource kept(AuditLog log) {
            return kept.of(log);
        }
    }

    @Nested
    class ErasedAndArchived extends ErasedAndArchivedContract {
        @Override
        AuditSource kept(AuditLog log) {
            return kept.of(log);
        }
    }
}
