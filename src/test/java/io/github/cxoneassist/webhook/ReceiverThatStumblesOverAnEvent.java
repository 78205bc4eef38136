package io.github.cxoneassist.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** Meets some events with trouble, as a server does that they crash, and takes all others. */
final class ReceiverThatStumblesOverAnEvent extends Receiver {

    /** In place of a status. */
    static final int HANGS_UP = 0;

    private final Map<Long, Integer> trouble;

    /** @param trouble by the number of an event, the status that it is answered with */
    ReceiverThatStumblesOverAnEvent(Map<Long, Integer> trouble) {
        this.trouble = trouble;
    }

    @Override
    void answer(int number, Request request, HttpExchange exchange) throws IOException {
        int status = trouble.getOrDefault(request.seq(), 204);
        if (status == HANGS_UP) {
            exchange.close();
        } else {
            answer(exchange, status);
        }
    }
}
