package io.github.cxoneassist.pipeline;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** The end of an asynchronous step: the exchange goes on when a stage has completed. */
final class Continuation {

    private Continuation() {}

    /**
     * Continues the exchange on {@code executor}, never on the thread that completed the stage: that thread writes the
     * journal or reads a socket, and the rest of a route may block.
     *
     * @return false, always, as {@code AsyncProcessor.process} asks for
     */
    static <T> boolean after(
            CompletionStage<T> stage,
            Executor executor,
            Exchange exchange,
            AsyncCallback callback,
            Consumer<? super T> then) {
        stage.whenCompleteAsync(
                (value, failure) -> {
                    if (failure != null) {
                        exchange.setException(cause(failure));
                    } else {
                        try {
                            then.accept(value);
                        } catch (RuntimeException e) {
                            exchange.setException(e);
                        }
                    }
                    callback.done(false);
                },
                executor);
        return false;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
