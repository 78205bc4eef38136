package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JournalEventTest {
    @Test
    void theWireNamesAreTheOnesThatAreOnDisk() {
        assertThat(Arrays.stream(JournalEvent.values()).map(JournalEvent::wireName))
                .containsExactly(
                        "injected",
                        "validation_failed",
                        "dispatch_failed",
                        "ack_received",
                        "accepted",
                        "dismissed",
                        "expired",
                        "ignored",
                        "held",
                        "superseded",
                        "connected",
                        "disconnected",
                        "auth_failed",
                        "token_renewed",
                        "webhook_failed",
                        "configured",
                        "erased",
                        "archived",
                        "legal_hold_set",
                        "legal_hold_released");
    }

    @Test
    void anEventIsFoundByItsWireName() {
        assertThat(JournalEvent.of("ack_received")).contains(JournalEvent.ACK_RECEIVED);
    }

    @Test
    void anUnknownNameIsNoEvent() {
        assertThat(JournalEvent.of("ACCEPTED")).isEmpty();
        assertThat(JournalEvent.of("escalated")).isEmpty();
        assertThat(JournalEvent.of(null)).isEmpty();
    }
}
