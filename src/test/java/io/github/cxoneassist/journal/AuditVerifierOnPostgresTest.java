package io.github.cxoneassist.journal;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Every kind of tampering with a log in PostgreSQL. */
class AuditVerifierOnPostgresTest {
    private static KeptLog kept;

    @BeforeAll
    static void open() {
        kept = new KeptLog(TestDatabase.postgres());
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
