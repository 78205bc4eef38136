package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {
    private static final int LENGTH = 6;

    private final List<JournalRow> rows = Chains.of(
            "node-1",
            Chains.injected("s-1"),
            Chains.injected("s-2").withReason("held before"),
            JournalEntry.of(JournalEvent.ACK_RECEIVED, "interaction-1", "s-1"),
            JournalEntry.of(JournalEvent.DISCONNECTED).withReason("1006"),
            JournalEntry.of(JournalEvent.ACCEPTED, "interaction-1", "s-1").withDetail("agent", "a-7"),
            JournalEntry.of(JournalEvent.CONNECTED));

    @Test
    void aChainAsWrittenIsIntact() {
        assertThat(ChainVerifier.verify(rows.iterator()))
                .isEqualTo(new Verification.Intact(6, ChainHead.of(rows.get(5))));
    }

    @Test
    void aChainWithoutRowsIsIntact() {
        assertThat(ChainVerifier.verify(Collections.emptyIterator()))
                .isEqualTo(new Verification.Intact(0, ChainHead.GENESIS));
    }

    @Test
    void theRestOfAChainIsVerifiedFromATrustedHead() {
        assertThat(ChainVerifier.verify(rows.subList(2, 6).iterator(), ChainHead.of(rows.get(1))))
                .isEqualTo(new Verification.Intact(4, ChainHead.of(rows.get(5))));
    }

    @Test
    void aRowThatContinuesAnotherChainIsFound() {
        List<JournalRow> other = Chains.of("node-1", Chains.injected("s-9"), Chains.injected("s-2"));

        assertThat(ChainVerifier.verify(List.of(rows.get(0), other.get(1)).iterator()))
                .isEqualTo(new Verification.Broken(
                        2, "row 2 does not follow the row before it: its prev_hash is another"));
    }

    @Property
    void aChangeOfAnyFieldOfAnyRowIsFoundWhereItIs(
            @ForAll("changes") UnaryOperator<JournalRow> change,
            @ForAll @IntRange(min = 0, max = LENGTH - 1) int place) {
        List<JournalRow> changed = new ArrayList<>(rows);
        changed.set(place, change.apply(rows.get(place)));

        assertThat(ChainVerifier.verify(changed.iterator()))
                .isInstanceOfSatisfying(Verification.Broken.class, broken -> assertThat(broken.seq())
                        .isEqualTo(place + 1));
    }

    @Property
    void aRowThatWasRemovedIsMissed(@ForAll @IntRange(min = 0, max = LENGTH - 2) int place) {
        List<JournalRow> changed = new ArrayList<>(rows);
        changed.remove(place);

        assertThat(ChainVerifier.verify(changed.iterator()))
                .isEqualTo(new Verification.Broken(
                        place + 1, "row " + (place + 1) + " is missing: row " + (place + 2) + " stands in its place"));
    }

    @Property
    void rowsThatChangedPlacesAreFound(
            @ForAll @IntRange(min = 0, max = LENGTH - 1) int one,
            @ForAll @IntRange(min = 0, max = LENGTH - 1) int other) {
        Assume.that(one != other);
        List<JournalRow> changed = new ArrayList<>(rows);
        Collections.swap(changed, one, other);

        assertThat(ChainVerifier.verify(changed.iterator()))
                .isInstanceOfSatisfying(Verification.Broken.class, broken -> assertThat(broken.seq())
                        .isEqualTo(Math.min(one, other) + 1));
    }

    @Provide
    Arbitrary<UnaryOperator<JournalRow>> changes() {
        return Arbitraries.of(
                row -> copy(row, "node-2", row.seq(), 0, row.event(), row.details(), row.prevHash(), row.hash()),
                row -> copy(row, row.node(), 77, 0, row.event(), row.details(), row.prevHash(), row.hash()),
                row -> copy(row, row.node(), row.seq(), 1, row.event(), row.details(), row.prevHash(), row.hash()),
                row -> copy(row, row.node(), row.seq(), 0, "dismissed", row.details(), row.prevHash(), row.hash()),
                row -> copy(
                        row, row.node(), row.seq(), 0, row.event(), row.details() + " ", row.prevHash(), row.hash()),
                row -> copy(row, row.node(), row.seq(), 0, row.event(), row.details(), "f".repeat(64), row.hash()),
                row -> copy(row, row.node(), row.seq(), 0, row.event(), row.details(), row.prevHash(), "f".repeat(64)),
                row -> withTexts(row, "interaction-2", row.suggestionId(), row.reason()),
                row -> withTexts(row, row.interactionId(), "s-77", row.reason()),
                row -> withTexts(row, row.interactionId(), row.suggestionId(), "another"),
                row -> withTexts(row, row.interactionId(), row.suggestionId(), "null"));
    }

    private static JournalRow copy(
            JournalRow row,
            String node,
            long seq,
            int laterByMicros,
            String event,
            String details,
            String prevHash,
            String hash) {
        return new JournalRow(
                node,
                seq,
                row.at().plusNanos(laterByMicros * 1_000L),
                event,
                row.interactionId(),
                row.suggestionId(),
                row.reason(),
                details,
                prevHash,
                hash);
    }

    private static JournalRow withTexts(JournalRow row, String interactionId, String suggestionId, String reason) {
        return new JournalRow(
                row.node(),
                row.seq(),
                row.at(),
                row.event(),
                interactionId,
                suggestionId,
                reason,
                row.details(),
                row.prevHash(),
                row.hash());
    }
}
