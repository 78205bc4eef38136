package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.SuggestionPolicy;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.SuggestionValidator;
import io.github.cxoneassist.suggestion.Validation;
import java.io.InputStream;
import java.io.Reader;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/**
 * Reads the message body as one suggestion and judges it. The body may be JSON in any form that Camel converts to bytes,
 * a Jackson tree, or an item of a {@link SuggestionReader}.
 */
public final class ValidateStep extends Step {

    /** A suggestion is short; what is larger than this is not one. */
    static final int MAX_BYTES = 1024 * 1024;

    private SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);

    /** The least score that a suggestion needs, 0 to 1. */
    public void setRelevanceThreshold(double relevanceThreshold) {
        validator = new SuggestionValidator(new SuggestionPolicy(
                relevanceThreshold, SuggestionPolicy.DEFAULT.maxWindow(), SuggestionPolicy.DEFAULT.maxContentLength()));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        PipelineProperties.reset(exchange);
        try {
            Validation validation = validate(exchange.getMessage());
            if (validation instanceof Validation.Valid valid) {
                accept(exchange, valid.suggestion());
            } else if (validation instanceof Validation.Invalid invalid) {
                exchange.setProperty(PipelineProperties.OUTCOME, Outcome.invalid(invalid));
            }
        } catch (InvalidPayloadException | RuntimeException e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private Validation validate(Message message) throws InvalidPayloadException {
        return validator.validate(read(message), runtime().clock().instant());
    }

    private static SuggestionReader.Item read(Message message) throws InvalidPayloadException {
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

    private static void accept(Exchange exchange, Suggestion suggestion) {
        exchange.setProperty(PipelineProperties.SUGGESTION, suggestion);
        exchange.setProperty(
                PipelineProperties.KEY, new SuggestionKey(suggestion.interactionId(), suggestion.id()).text());
    }
}
