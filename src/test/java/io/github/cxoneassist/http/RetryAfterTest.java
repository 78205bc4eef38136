package io.github.cxoneassist.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                             | PT0S",
                "' 7 '                         | PT7S",
                "3600                          | PT1H",
                "Sun, 22 Nov 2026 10:00:30 GMT | PT30S"
            })
    void secondsAndDatesAreRead(String header, Duration wait) {
        assertThat(RetryAfter.parse(header, NOW, LONGEST)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "999999999999999999", "Sun, 22 Nov 2099 10:00:30 GMT"})
    void nobodyIsToldToWaitLongerThanTheLongest(String header) {
        assertThat(RetryAfter.parse(header, NOW, LONGEST)).contains(LONGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = "Sun, 22 Nov 2026 09:59:59 GMT")
    void aDateThatHasPassedMeansNow(String header) {
        assertThat(RetryAfter.parse(header, NOW, LONGEST)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "1e3", "9999999999999999999", "22 Nov 2026"})
    void whatMakesNoSenseIsNoWait(String header) {
        assertThat(RetryAfter.parse(header, NOW, LONGEST)).isEmpty();
    }
}
