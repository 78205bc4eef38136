package io.github.cxoneassist.webhook;

import java.util.concurrent.CompletionStage;

/**
 * One HTTP POST. It must not follow redirects: a redirect is an answer, and following it would lead to an address that
 * nobody checked. Of a try without an answer the pump stops waiting on its own; a time-out in the transport
 * as well, no shorter, frees the connection.
 */
@FunctionalInterface
public interface Transport {

    /**
     * Sends and returns at once. Completes, on any thread, with the answer, whatever its status is, or exceptionally where
     * there was none: with a {@link DeliveryException} where the reason may be shown.
     */
    CompletionStage<Answer> post(Delivery delivery);
}
