package io.github.cxoneassist.webhook;

import java.util.concurrent.CompletionStage;

/**
 * One HTTP POST. It must not follow redirects: a redirect counts as a failed try, and following it would lead to an
 * address that nobody checked. Of a try without an answer the pump stops waiting on its own; a time-out in the transport
 * as well, no shorter, frees the connection.
 */
@FunctionalInterface
public interface Transport {

    /**
     * Sends and returns at once. Completes, on any thread, with the HTTP status, whichever it is, or exceptionally where
     * there was no answer.
     */
    CompletionStage<Integer> post(Delivery delivery);
}
