package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's command and the application, which make checkpoints of one chain. */
class CheckpointMakerTest {
    @TempDir
    Path folder;

    @Test
    void whoIsSecondGoesOnBehindTheFirstAndTheLogVerifies() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            StoredLog.store(database, AuditLog.of(StoredLog.NODE, 10, 20, AuditLog.KEY, StoredLog.SIGNING));
            JournalReader reader = new JdbcJournalReader(database);
            CheckpointMaker command = maker(reader, database, 4);
            CheckpointMaker application =
                    maker(new ReaderThatIsOvertaken(reader, () -> command.make(StoredLog.NODE)), database, 7);
            List<Long> made = new ArrayList<>();

            int number = application.make(StoredLog.NODE, checkpoint -> made.add(checkpoint.seq()));

            assertThat(number).isZero();
            assertThat(made).isEmpty();
            assertThat(new CheckpointStore(database).after(StoredLog.NODE, 0))
                    .extracting(Checkpoint::seq)
                    .containsExactly(4L, 8L, 10L);
            assertThat(StoredLog.verify(database).findings()).isEmpty();
        }
    }

    private static CheckpointMaker maker(JournalReader reader, HikariDataSource database, int maxRows) {
        return new CheckpointMaker(
                reader, new CheckpointStore(database), StoredLog.KEYS, StoredLog.SIGNING, StoredLog.clock(), maxRows);
    }

    /** Somebody else does the same once, when its rows are read and nothing is written yet. */
    private static final class ReaderThatIsOvertaken implements JournalReader {
        private final JournalReader reader;
        private Runnable other;

        ReaderThatIsOvertaken(JournalReader reader, Runnable other) {
            this.reader = reader;
            this.other = other;
        }

        @Override
        public List<JournalRow> after(String node, long seq, Set<JournalEvent> events, int limit) {
            List<JournalRow> rows = reader.after(node, seq, events, limit);
            if (other != null) {
                Runnable now = other;
                other = null;
                now.run();
            }
            return rows;
        }

        @Override
        public ChainHead head(String node) {
            return reader.head(node);
        }

        @Override
        public List<String> nodes() {
            return reader.nodes();
        }
    }
}
