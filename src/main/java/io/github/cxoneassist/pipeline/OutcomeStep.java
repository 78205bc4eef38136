package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Suggestion;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The last step: names what became of the suggestion, has a refusal on disk before the source is told, counts it, and
 * answers with it in body (JSON text) and headers.
 */
public final class OutcomeStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Outcome outcome = outcome(exchange);
        if (!outcome.needsItsRow()) {
            answer(exchange, outcome);
            callback.done(true);
            return true;
        }
        return Continuation.after(
                runtime()
                        .audit()
                        .append(Entries.refused(
                                outcome,
                                exchange.getProperty(PipelineProperties.JUDGED, Suggestion.class),
                                exchange.getProperty(PipelineProperties.CONFIG, String.class))),
                runtime().executor(),
                exchange,
                callback,
                row -> answer(exchange, outcome));
    }

    private Outcome outcome(Exchange exchange) {
        Outcome known = exchange.getProperty(PipelineProperties.OUTCOME, Outcome.class);
        if (known != null) {
            return known;
        }
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        if (Boolean.TRUE.equals(exchange.getProperty(Exchange.DUPLICATE_MESSAGE, Boolean.class))) {
            return Outcome.refused(
                    suggestion, exchange.getProperty(PipelineProperties.SCORE, Double.class), Outcome.DUPLICATE, null);
        }
        Waiting sent = exchange.getProperty(PipelineProperties.WAITING, Waiting.class);
        runtime().slots().arrived(sent);
        return Outcome.sent(sent, exchange.getProperty(PipelineProperties.FREE_SLOTS, Integer.class));
    }

    private void answer(Exchange exchange, Outcome outcome) {
        runtime().metrics().suggestion(outcome.status(), outcome.reason());
        Message message = exchange.getMessage();
        message.setBody(outcome.toJson().toString());
        message.setHeader(PipelineProperties.STATUS_HEADER, outcome.status().wireName());
        setIfPresent(message, PipelineProperties.REASON_HEADER, outcome.reason());
        setIfPresent(message, PipelineProperties.RAW_SCORE_HEADER, outcome.rawScore());
        setIfPresent(message, PipelineProperties.ADJUSTED_SCORE_HEADER, outcome.adjustedScore());
        setIfPresent(message, PipelineProperties.FREE_SLOTS_HEADER, outcome.freeSlots());
        exchange.setProperty(PipelineProperties.OUTCOME, outcome);
    }

    private static void setIfPresent(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
