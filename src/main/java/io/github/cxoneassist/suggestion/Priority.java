package io.github.cxoneassist.suggestion;

import java.util.Optional;

/** How urgent a suggestion is. Declared best first, so the natural order is the order of service. */
public enum Priority {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    /** The priority of exactly this name; case is not folded, because the wire knows capitals only. */
    static Optional<Priority> named(String name) {
        for (Priority priority : values()) {
            if (priority.name().equals(name)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
