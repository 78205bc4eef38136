package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final SessionEvent EVENT = new SessionEvent(
            "main",
            SessionState.CLOSED,
            SessionState.CONNECTING,
            "started",
            1,
            Instant.EPOCH,
            SessionEvent.Kind.PROGRESS,
            false);

    @Test
    void oneThatFailsDoesNotKeepTheEventFromTheNext() {
        List<SessionEvent> heard = new ArrayList<>();
        Listeners listeners = new Listeners(List.of(
                event -> {
                    throw new IllegalStateException("this one always fails");
                },
                heard::add));

        listeners.stateChanged(EVENT);

        assertThat(heard).containsExactly(EVENT);
    }
}
