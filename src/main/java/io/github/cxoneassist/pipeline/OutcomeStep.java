package io.github.cxoneassist.pipeline;

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
        if (outcome.status() == Outcome.Status.SENT) {
            answer(exchange, outcome);
            callback.done(true);
            return true;
        }
        return Continuation.after(
                runtime().journal().append(Entries.refused(outcome)),
                runtime().executor(),
                exchange,
                callback,
                row -> answer(exchange, outcome));
    }

    private static Outcome outcome(Exchange exchange) {
        Outcome known = exchange.getProperty(PipelineProperties.OUTCOME, Outcome.class);
        if (known != null) {
            return known;
        }
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        if (Boolean.TRUE.equals(exchange.getProperty(Exchange.DUPLICATE_MESSAGE, Boolean.class))) {
            return Outcome.refused(suggestion, Outcome.DUPLICATE, null);
        }
        return Outcome.sent(suggestion, exchange.getProperty(PipelineProperties.FREE_SLOTS, Integer.class));
    }

    private void answer(Exchange exchange, Outcome outcome) {
        runtime().metrics().suggestion(outcome.status(), outcome.reason());
        Message message = exchange.getMessage();
        message.setBody(outcome.toJson().toString());
        message.setHeader(PipelineProperties.STATUS_HEADER, outcome.status().wireName());
        if (outcome.reason() != null) {
            message.setHeader(PipelineProperties.REASON_HEADER, outcome.reason());
        }
        exchange.setProperty(PipelineProperties.OUTCOME, outcome);
    }
}
