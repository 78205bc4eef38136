package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.session.SessionUnavailableException;
import io.github.cxoneassist.session.SessionUnavailableException.Fate;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;

/**
 * Records that a journaled suggestion could not be sent, and fails the exchange with what went wrong: the caller's error
 * handler decides whether the whole pipeline is tried again. One that may have left all the same is not given back, but
 * sent again from here; one whose interaction ended while it waited for the connection is refused. Stands in the Kamelet's
 * {@code doCatch}.
 */
public final class DispatchFailedStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Fate fate = fate(cause);
        Waiting waiting = exchange.getProperty(PipelineProperties.WAITING, Waiting.class);
        PipelineProperties.sendAnyway(exchange);
        runtime().slots().arrived(waiting);
        if (fate != Fate.UNACKNOWLEDGED && runtime().slots().endedWithInteraction(waiting)) {
            return endedMeanwhile(exchange, callback, waiting);
        }
        if (fate == Fate.MAY_HAVE_LEFT) {
            sendAgain(exchange, waiting);
            callback.done(true);
            return true;
        }
        if (fate == Fate.UNACKNOWLEDGED) {
            // CXone may show it: slot and id stay taken to the end of its window
            runtime()
                    .ledger()
                    .confirm(
                            SuggestionKey.of(suggestion),
                            suggestion.contextWindow().end());
        }
        var failure = DispatchFailedException.of(exchange.getProperty(PipelineProperties.KEY, String.class), cause);
        // whoever tries again, or files it as undelivered, needs what the source sent
        exchange.getMessage().setBody(exchange.getProperty(PipelineProperties.SOURCE_BODY));
        runtime().metrics().suggestion(Outcome.Status.FAILED, "dispatch_failed");
        JournalEntry entry = Entries.dispatchFailed(suggestion, fate == Fate.UNACKNOWLEDGED, cause);
        runtime()
                .audit()
                .append(entry)
                .whenCompleteAsync(
                        (row, journalFailure) -> {
                            if (journalFailure != null) {
                                failure.addSuppressed(journalFailure);
                                // its source need not wait for it; its slot has to
                                exchange.setProperty(
                                        PipelineProperties.OWED_ROW,
                                        runtime().audit().appendUntilWritten(entry));
                            }
                            exchange.setException(failure);
                            callback.done(false);
                        },
                        runtime().executor());
        return false;
    }

    /** No failure: nobody wants it to be sent any more, and its end is on record. */
    private boolean endedMeanwhile(Exchange exchange, AsyncCallback callback, Waiting waiting) {
        exchange.getMessage().setBody(exchange.getProperty(PipelineProperties.SOURCE_BODY));
        return Continuation.after(
                runtime().slots().rowOrder().ends(waiting.key().interactionId()),
                runtime().executor(),
                exchange,
                callback,
                onDisk -> exchange.setProperty(PipelineProperties.OUTCOME, Outcome.interactionEnded(waiting)));
    }

    static Fate fate(Throwable cause) {
        SessionUnavailableException unavailable = ObjectHelper.getException(SessionUnavailableException.class, cause);
        return unavailable == null ? Fate.NOT_SENT : unavailable.fate();
    }

    /**
     * Nobody knows whether CXone has it: its slot and its id stay taken, and it is sent again, with the same id, until
     * somebody answers or its window ends. Its row is on disk, so that a restart goes on with it.
     */
    private void sendAgain(Exchange exchange, Waiting waiting) {
        runtime().resend(waiting, exchange.getProperty(ResendSteps.INJECTED_AT, Instant.class));
        exchange.getMessage().setBody(exchange.getProperty(PipelineProperties.SOURCE_BODY));
        exchange.setProperty(
                PipelineProperties.OUTCOME,
                Outcome.held(
                        waiting,
                        runtime()
                                .slots()
                                .freeSlots(
                                        waiting.key().interactionId(), runtime().holdRule(waiting.session()))));
    }
}
