package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.session.SessionUnavailableException;
import io.github.cxoneassist.suggestion.Suggestion;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Records that a journaled suggestion could not be sent, and fails the exchange with what went wrong: the caller's error
 * handler decides whether the whole pipeline is tried again. Stands in the Kamelet's {@code doCatch}.
 */
public final class DispatchFailedStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var failure = DispatchFailedException.of(exchange.getProperty(PipelineProperties.KEY, String.class), cause);
        // whoever tries again, or files it as undelivered, needs what the source sent
        exchange.getMessage().setBody(exchange.getProperty(PipelineProperties.SOURCE_BODY));
        SessionUnavailableException unavailable = ObjectHelper.getException(SessionUnavailableException.class, cause);
        if (unavailable != null && unavailable.mayHaveLeft()) {
            // CXone may show it: to give its slot to another could show one too many
            runtime().ledger().doubt(new SuggestionKey(suggestion.interactionId(), suggestion.id()));
        }
        runtime().metrics().suggestion(Outcome.Status.FAILED, "dispatch_failed");
        runtime()
                .journal()
                .append(Entries.dispatchFailed(suggestion, cause))
                .whenCompleteAsync(
                        (row, journalFailure) -> {
                            if (journalFailure != null) {
                                failure.addSuppressed(journalFailure);
                            }
                            exchange.setException(failure);
                            callback.done(false);
                        },
                        runtime().executor());
        return false;
    }
}
