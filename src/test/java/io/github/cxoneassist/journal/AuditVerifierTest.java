package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of tampering with a log that is in memory. */
class AuditVerifierTest {
    /** What only a list can hold. */
    @Nested
    class Reading extends VerifierChapter {
        @Override
        AuditSource kept(AuditLog log) {
            return log;
        }

        @ParameterizedTest
        @MethodSource("io.github.cxoneassist.journal.TamperedRowsContract#pairs")
        void aRowThatWasMovedInAnExportIsNamed(int one, int other) {
            plain.rows.add(one, plain.rows.remove(other));

            assertThat(verify(plain).first().orElseThrow().seq()).isEqualTo(one + 1);
        }

        @Test
        void aRowThatCannotBeReadIsNamedAndTheOnesBehindItAreChecked() {
            List<JournalRow> rows = new ArrayList<>(plain.rows);
            AuditSource unreadable = new AuditSourceWithUnreadableRows(plain, List.of(3L, 9L));

            assertThat(rows).hasSize(LENGTH);
            assertThat(new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                            .verify(unreadable)
                            .findings())
                    .extracting(Finding::seq, Finding::kind)
                    .containsExactly(tuple(3L, Kind.CHANGED), tuple(9L, Kind.CHANGED));
        }

        @Test
        void anAnchorThatIsALogIsReadAsCamelWritesIt() {
            Anchors anchors = Anchors.read(plain.checkpoints.stream()
                    .map(checkpoint ->
                            "2026-11-22 20:00:00,000 INFO  anchor - Exchange[ExchangePattern: InOnly, BodyType:"
                                    + " String, Body: " + checkpoint.toJson() + "]")
                    .iterator());

            assertThat(anchors.unreadable()).isZero();
            assertThat(anchors.of(NODE)).containsOnlyKeys(4L, 8L, 12L);
        }

        @Test
        void aTornLineOfTheAnchorDoesNotHideTheNext() {
            List<String> lines =
                    plain.checkpoints.stream().map(Checkpoint::toJson).toList();
            Anchors anchors = Anchors.read(
                    List.of(lines.get(0), lines.get(1).substring(0, 77) + lines.get(1), lines.get(1), lines.get(2), "")
                            .iterator());

            assertThat(anchors.unreadable()).isEqualTo(1);
            assertThat(anchors.of(NODE)).containsOnlyKeys(4L, 8L, 12L);
            assertThat(verify(plain, anchors).findings()).isEmpty();
        }
    }

    @Nested
    class Rows extends TamperedRowsContract {
        @Override
        AuditSource kept(AuditLog log) {
            return log;
        }
    }

    @Nested
    class History extends TamperedHistoryContract {
        @Override
        AuditSource kept(AuditLog log) {
            return log;
        }
    }

    @Nested
    class Checkpoints extends TamperedCheckpointsContract {
        @Override
        AuditSource kept(AuditLog log) {
            return log;
        }
    }

    @Nested
    class ErasedAndArchived extends ErasedAndArchivedContract {
        @Override
        AuditSource kept(AuditLog log) {
            return log;
        }
    }
}
