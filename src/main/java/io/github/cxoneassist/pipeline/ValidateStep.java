package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import io.github.cxoneassist.suggestion.RelevanceRule;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.SuggestionPolicy;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.SuggestionValidator;
import io.github.cxoneassist.suggestion.Validation;
import io.github.cxoneassist.suggestion.Violation;
import java.io.InputStream;
import java.io.Reader;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/**
 * Reads the message body as one suggestion, judges it, and lets its score follow what agents did with earlier ones. The body
 * may be JSON in any form that Camel converts to bytes, a Jackson tree, an item of a {@link SuggestionReader}, or what an
 * earlier step found invalid already, which is refused as everything else is.
 */
public final class ValidateStep extends Step {

    /** A suggestion is short; what is larger than this is not one. */
    static final int MAX_BYTES = 1024 * 1024;

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        SinkRules rules = exchange.getProperty(PipelineProperties.RULES, SinkRules.class);
        try {
            Validation validation = validate(exchange.getMessage(), rules.relevance());
            if (validation instanceof Validation.Valid valid) {
                judge(exchange, valid.suggestion(), rules);
            } else if (validation instanceof Validation.Invalid invalid) {
                exchange.setProperty(PipelineProperties.OUTCOME, Outcome.invalid(invalid));
                exchange.setProperty(PipelineProperties.JUDGED, invalid.suggestion());
            }
        } catch (InvalidPayloadException | RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private Validation validate(Message message, RelevanceRule rule) throws InvalidPayloadException {
        if (message.getBody() instanceof Validation.Invalid invalid) {
            return invalid;
        }
        return new SuggestionValidator(SuggestionPolicy.DEFAULT.withThresholdOf(rule))
                .validate(read(message), runtime().clock().instant());
    }

    private void judge(Exchange exchange, Suggestion suggestion, SinkRules rules) {
        RelevanceRule relevance = rules.relevance();
        exchange.setProperty(PipelineProperties.JUDGED, suggestion);
        AcceptanceHistory history = runtime().history();
        double score = relevance.adjust(
                suggestion.relevanceScore(),
                history.ofInteraction(suggestion.interactionId()),
                history.ofSource(suggestion.source()));
        Optional<Violation> tooLow = relevance.judgesAdjusted() ? relevance.judge(score) : Optional.empty();
        if (tooLow.isPresent()) {
            exchange.setProperty(PipelineProperties.OUTCOME, Outcome.belowThreshold(suggestion, score, tooLow.get()));
        } else {
            accept(exchange, suggestion, score);
            exchange.setProperty(PipelineProperties.CONTENT_RULE, rules.contentRule(suggestion));
        }
    }

    static SuggestionReader.Item read(Message message) throws InvalidPayloadException {
        Object body = message.getBody();
        if (body instanceof SuggestionReader.Item item) {
            return item;
        }
        if (body instanceof JsonNode node) {
            return new SuggestionReader.Parsed(node, 1);
        }
        if (body == null) {
            return SuggestionReader.parse(new byte[0], MAX_BYTES);
        }
        byte[] bytes = message.getMandatoryBody(byte[].class);
        if (body instanceof InputStream || body instanceof Reader) {
            message.setBody(bytes); // read once; whoever handles a failure must find it again
        }
        return SuggestionReader.parse(bytes, MAX_BYTES);
    }

    private void accept(Exchange exchange, Suggestion suggestion, double score) {
        exchange.setProperty(PipelineProperties.SUGGESTION, suggestion);
        exchange.setProperty(PipelineProperties.SCORE, score);
        exchange.setProperty(
                PipelineProperties.KEY, SuggestionKey.of(suggestion).text());
    }
}
