package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.Finding.Kind;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that were changed, deleted, put in or moved. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TamperedExportContract extends TamperedExportFixture {

    @ParameterizedTest
    @MethodSource("everywhere")
    void aChangedRowIsNamed(Place place) throws IOException {
        tamper(
                place.format(),
                lines -> lines.set(place.row(), lines.get(place.row()).replace("interaction-", "interaction_")));

        assertFirst(place.row(), Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowThatIsNoneAnyMoreIsNamed(Place place) throws IOException {
        tamper(
                place.format(),
                lines -> lines.set(place.row(), lines.get(place.row()).replace("2026-11", "2026-1")));

        assertFirst(place.row(), Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aDeletedRowIsNamed(Place place) throws IOException {
        tamper(place.format(), lines -> lines.remove(place.row()));

        assertFirst(place.row(), place.row() == ROWS ? Kind.TAIL_CUT : Kind.DELETED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowThatIsThereTwiceIsNamed(Place place) throws IOException {
        tamper(place.format(), lines -> lines.add(place.row(), lines.get(place.row())));

        assertFirst(place.row(), Kind.FORKED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowOfAnotherLogIsFound(Place place) throws IOException {
        List<String> foreign = lines(original("other", place.format()), place.format());

        tamper(place.format(), lines -> lines.add(place.row() + 1, foreign.get(place.row() + 1)));

        assertThat(verify().findings().get(0).seq()).isBetween((long) place.row(), place.row() + 2L);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void twoRowsThatChangedPlacesAreFound(Place place) throws IOException {
        int other = place.row() == ROWS ? 1 : place.row() + 1;
        tamper(place.format(), lines -> Collections.swap(lines, place.row(), other));

        Finding first = verify().first().orElseThrow();
        assertThat(first.seq()).isEqualTo(Math.min(place.row(), other));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aTailThatWasCutOffIsFound(Place place) throws IOException {
        tamper(place.format(), lines -> lines.subList(place.row(), lines.size()).clear());

        assertFirst(place.row(), Kind.TAIL_CUT);
    }
}
