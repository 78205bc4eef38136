package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void any2xxIsDelivered(int status) {
        assertThat(Verdict.of(Answer.of(status), NOW)).isEqualTo(new Verdict.Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 408, 409, 425, 500, 501, 505, 599, 100, 999})
    void whatMayPassCountsAgainstTheEvent(int status) {
        assertThat(Verdict.of(Answer.of(status), NOW)).isEqualTo(new Verdict.Failed("status " + status, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422, 451, 499})
    void otherClientErrorsRefuseTheEvent(int status) {
        assertThat(Verdict.of(Answer.of(status), NOW)).isEqualTo(new Verdict.Refused("status " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void whoIsTooBusyOrAwayIsInTrouble(int status) {
        assertThat(Verdict.of(Answer.of(status), NOW))
                .isEqualTo(new Verdict.Trouble("status " + status, Duration.ZERO));
    }

    @Test
    void a410IsTheEndOfTheSubscriber() {
        assertThat(Verdict.of(Answer.of(410), NOW)).isEqualTo(new Verdict.Gone("status 410"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | 7",
                "0                             | 0",
                "Sun, 22 Nov 2026 08:02:00 GMT | 120",
                "Sun, 22 Nov 2026 07:00:00 GMT | 0",
                "999999999999                  | 86400",
                "Sun, 22 Nov 2099 08:02:00 GMT | 86400",
                "soon                          | 0",
                "-5                            | 0"
            })
    void retryAfterIsTakenInBothFormsAndForADayAtMost(String header, long seconds) {
        assertThat(Verdict.of(new Answer(429, Optional.of(header), ""), NOW))
                .isEqualTo(new Verdict.Trouble("status 429", Duration.ofSeconds(seconds)));
    }

    @Test
    void noAnswerIsTroubleAndItsReasonShowsNoMessageOfAClient() {
        assertThat(Verdict.of(new CompletionException(new IOException("http://kb/?token=hush"))))
                .isEqualTo(new Verdict.Trouble("IOException", Duration.ZERO));
        assertThat(Verdict.of(new TimeoutException()))
                .isEqualTo(new Verdict.Trouble("no answer in time", Duration.ZERO));
        assertThat(Verdict.of(new CompletionException(new DeliveryException("kb.example.com closed the connection"))))
                .isEqualTo(new Verdict.Trouble("kb.example.com closed the connection", Duration.ZERO));
    }
}
