package io.github.cxoneassist.sandbox;

import java.time.Instant;

/**
 * The life of one WebSocket.
 *
 * @param number    from 1, in the order of opening
 * @param clientId  whose token was accepted; "" until then
 * @param closedAt  null while it is open
 * @param closeCode 0 while it is open; 1006 where no close frame came in
 * @param byServer  whether the sandbox closed or dropped it
 */
public record SocketRecord(
        int number,
        Instant openedAt,
        String clientId,
        Instant closedAt,
        int closeCode,
        String closeReason,
        boolean byServer) {

    public boolean open() {
        return closedAt == null;
    }

    SocketRecord authenticatedAs(String client) {
        return new SocketRecord(number, openedAt, client, closedAt, closeCode, closeReason, byServer);
    }

    SocketRecord closed(Instant at, int code, String reason, boolean server) {
        return new SocketRecord(number, openedAt, clientId, at, code, reason, server);
    }
}
