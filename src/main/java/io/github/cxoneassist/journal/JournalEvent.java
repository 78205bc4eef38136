package io.github.cxoneassist.journal;

import java.util.Locale;
import java.util.Optional;

/** What can happen to a suggestion, to the connection or to a webhook, and is recorded. */
public enum JournalEvent {
    INJECTED,
    VALIDATION_FAILED,
    DISPATCH_FAILED,
    ACK_RECEIVED,
    ACCEPTED,
    DISMISSED,
    EXPIRED,
    IGNORED,
    HELD,
    SUPERSEDED,
    CONNECTED,
    DISCONNECTED,
    AUTH_FAILED,
    TOKEN_RENEWED,
    WEBHOOK_FAILED,
    /** The rules of a sink, in full; other rows name them by their digest. */
    CONFIGURED,
    ERASED,
    /** Rows of a node up to a checkpoint were exported and removed: {@code node} and {@code seq} in the details. */
    ARCHIVED,
    LEGAL_HOLD_SET,
    LEGAL_HOLD_RELEASED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the table and in every export, such as {@code validation_failed}. */
    public String wireName() {
        return wireName;
    }

    /** The event of a wire name; empty for a name that only a newer version knows, and for null. */
    public static Optional<JournalEvent> of(String wireName) {
        for (JournalEvent event : values()) {
            if (event.wireName.equals(wireName)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}
