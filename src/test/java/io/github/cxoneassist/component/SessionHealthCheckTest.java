package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.session.SessionStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as trouble; that it reaches the health endpoint is shown with real sessions. */
class SessionHealthCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private static SessionStatus status(SessionState state, Instant pausedSince) {
        return new SessionStatus(
                state, NOW, "as it is", 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 256, pausedSince != null, pausedSince);
    }

    @Test
    void aReadySessionThatIsReadIsWell() {
        assertThat(SessionHealthCheck.trouble(status(SessionState.READY, null), NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = SessionState.class, mode = EnumSource.Mode.EXCLUDE, names = "READY")
    void anyOtherStateIsTroubleForTheReasonThatBeganIt(SessionState state) {
        assertThat(SessionHealthCheck.trouble(status(state, null), NOW)).contains("as it is");
    }

    @Test
    void aConsumerThatIsBehindForAMomentIsNoTrouble() {
        Instant justWithin = NOW.minus(SessionHealthCheck.LONGEST_PAUSE);

        assertThat(SessionHealthCheck.trouble(status(SessionState.READY, justWithin), NOW))
                .isEmpty();
    }

    @Test
    void aConsumerThatIsBehindForMoreThanAMinuteIsTrouble() {
        assertThat(SessionHealthCheck.trouble(status(SessionState.READY, NOW.minusSeconds(61)), NOW))
                .contains(
                        "not read since 2026-11-22T09:58:59Z, because the route that consumes its events is 256 frames"
                                + " behind");
    }
}
