package io.github.cxoneassist.session;

import java.util.concurrent.CompletionStage;

/** Takes the server's frames, strictly one after the other. */
@FunctionalInterface
public interface InboundHandler {

    /**
     * Called on the session's event loop: it must not block.
     *
     * @return completes, on any thread, when the next frame may come; a failure is logged and the next frame comes
     */
    CompletionStage<?> handle(InboundFrame frame);
}
