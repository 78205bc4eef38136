package io.github.cxoneassist.session;

import java.util.concurrent.CompletionStage;

/**
 * Takes the server's frames in the order in which they came. The next one of the same interaction comes when this one is done;
 * those of other interactions need not wait for it.
 */
@FunctionalInterface
public interface InboundHandler {

    /**
     * Called on the session's event loop: it must not block.
     *
     * @return completes, on any thread, when the next frame of its interaction may come; a failure is logged and the next frame comes
     */
    CompletionStage<?> handle(InboundFrame frame);
}
