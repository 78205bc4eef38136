package io.github.cxoneassist.sandbox;

import java.time.Instant;

/**
 * One message on a WebSocket, as it was.
 *
 * @param connection the number of the connection, from 1
 * @param text       the raw text; a binary message shows as {@code <binary, n bytes>}
 */
public record Frame(int connection, Direction direction, Instant at, String text) {

    /** As the sandbox sees it. */
    public enum Direction {
        IN,
        OUT
    }
}
