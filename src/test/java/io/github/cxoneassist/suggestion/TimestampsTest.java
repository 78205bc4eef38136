package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00.1Z, 2026-11-22T08:00:00.100Z",
        "2026-11-22T08:00:00.123456789Z, 2026-11-22T08:00:00.123456789Z",
        "2026-11-22T10:00:00+02:00, 2026-11-22T08:00:00Z",
        "2026-11-22T02:30:00-05:30, 2026-11-22T08:00:00Z",
        "2028-02-29T00:00:00Z, 2028-02-29T00:00:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
    })
    void aStrictInstantIsReadAndNormalised(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22",
                "2026-11-22T08:00Z",
                "2026-11-22T08:00:00",
                "2026-11-22T08:00:00.Z",
                "2026-11-22T08:00:00.1234567890Z",
                "2026-11-22T08:00:00,5Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T08:60:00Z",
                "2026-11-22T23:59:60Z",
                "2026-11-22t08:00:00Z",
                "2026-11-22T08:00:00z",
                "2026-11-22 08:00:00Z",
                " 2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00Z\n",
                "2026-02-30T08:00:00Z",
                "2026-02-29T08:00:00Z",
                "2026-13-01T08:00:00Z",
                "2026-11-22T08:00:00+02",
                "2026-11-22T08:00:00+0200",
                "2026-11-22T08:00:00+02:00:30",
                "2026-11-22T08:00:00+19:00",
                "2026-11-22T08:00:00+02:00[Europe/Paris]",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "-2026-11-22T08:00:00Z",
                "\u0662\u0660\u0662\u0666-11-22T08:00:00Z"
            })
    void allElseIsNoInstant(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"})
    void theYearIsJudgedAfterTheOffsetIsApplied(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @Test
    void millisecondsAreAlwaysPrinted() {
        assertThat(Timestamps.format(Instant.parse("2026-11-22T08:00:00Z"))).isEqualTo("2026-11-22T08:00:00.000Z");
        assertThat(Timestamps.format(Instant.parse("2026-11-22T08:00:00.120Z"))).isEqualTo("2026-11-22T08:00:00.120Z");
    }

    @Test
    void moreDigitsArePrintedWhereTheInstantHasThem() {
        assertThat(Timestamps.format(Instant.parse("2026-11-22T08:00:00.1234Z")))
                .isEqualTo("2026-11-22T08:00:00.1234Z");
    }

    @Property
    void whatIsPrintedIsReadAsTheSameInstant(
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long seconds,
            @ForAll @IntRange(min = 0, max = 999_999_999) int nanos) {
        Instant instant = Instant.ofEpochSecond(seconds, nanos);
        assertThat(Timestamps.parse(Timestamps.format(instant))).contains(instant);
    }

    @Property
    void noTextMakesItThrow(@ForAll String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }
}
