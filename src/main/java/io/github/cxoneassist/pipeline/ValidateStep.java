package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import io.github.cxoneassist.suggestion.ContentDigest;
import io.github.cxoneassist.suggestion.RelevanceRule;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.SuggestionPolicy;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.SuggestionValidator;
import io.github.cxoneassist.suggestion.Validation;
import io.github.cxoneassist.suggestion.Violation;
import java.io.InputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.util.TimeUtils;

/**
 * Reads the message body as one suggestion, judges it, and lets its score follow what agents did with earlier ones. The body may be JSON in any form that Camel converts to bytes,
 * a Jackson tree, or an item of a {@link SuggestionReader}.
 */
public final class ValidateStep extends Step {

    /** A suggestion is short; what is larger than this is not one. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final String ADJUSTED = "adjusted";

    private double relevanceThreshold = RelevanceRule.DEFAULT.threshold();
    private String thresholdJudges = "raw";
    private double raiseAbove = RelevanceRule.DEFAULT.raiseAbove();
    private double lowerBelow = RelevanceRule.DEFAULT.lowerBelow();
    private double relevanceStep = RelevanceRule.DEFAULT.step();
    private int leastDecisions = RelevanceRule.DEFAULT.leastDecisions();
    private boolean uniqueContent;
    private Duration coolDown = Duration.ZERO;

    private RelevanceRule relevance = RelevanceRule.DEFAULT;
    private SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);

    /** The least score that a suggestion needs, 0 to 1. */
    public void setRelevanceThreshold(double relevanceThreshold) {
        this.relevanceThreshold = relevanceThreshold;
    }

    /** Which score the threshold judges: {@code raw} or {@code adjusted}. */
    public void setThresholdJudges(String thresholdJudges) {
        this.thresholdJudges = thresholdJudges.strip().toLowerCase(Locale.ROOT);
    }

    /** The acceptance rate above which a score is raised, 0 to 1. */
    public void setRaiseAbove(double raiseAbove) {
        this.raiseAbove = raiseAbove;
    }

    /** The acceptance rate below which a score is lowered, 0 to 1. */
    public void setLowerBelow(double lowerBelow) {
        this.lowerBelow = lowerBelow;
    }

    /** By how much a score is raised or lowered; 0 leaves it as it is. */
    public void setRelevanceStep(double relevanceStep) {
        this.relevanceStep = relevanceStep;
    }

    /** How many decisions an acceptance rate needs before it counts. */
    public void setLeastDecisions(int leastDecisions) {
        this.leastDecisions = leastDecisions;
    }

    /** Whether the same text under another id is a duplicate. */
    public void setUniqueContent(boolean uniqueContent) {
        this.uniqueContent = uniqueContent;
    }

    /** How long the same text is refused after an agent dismissed it, as Camel writes durations; 0 for not at all. */
    public void setCoolDown(String coolDown) {
        this.coolDown = Duration.ofMillis(TimeUtils.toMilliSeconds(coolDown.strip()));
    }

    @Override
    protected void doBuild() {
        if (!thresholdJudges.equals("raw") && !thresholdJudges.equals(ADJUSTED)) {
            throw new IllegalArgumentException("thresholdJudges must be raw or adjusted, not " + thresholdJudges);
        }
        relevance = new RelevanceRule(
                relevanceThreshold,
                thresholdJudges.equals(ADJUSTED),
                raiseAbove,
                lowerBelow,
                relevanceStep,
                leastDecisions);
        validator = new SuggestionValidator(SuggestionPolicy.DEFAULT.withThresholdOf(relevance));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        PipelineProperties.reset(exchange);
        try {
            Validation validation = validate(exchange.getMessage());
            if (validation instanceof Validation.Valid valid) {
                judge(exchange, valid.suggestion());
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

    private Validation validate(Message message) throws InvalidPayloadException {
        return validator.validate(read(message), runtime().clock().instant());
    }

    private void judge(Exchange exchange, Suggestion suggestion) {
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
        }
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

    private void accept(Exchange exchange, Suggestion suggestion, double score) {
        exchange.setProperty(PipelineProperties.SUGGESTION, suggestion);
        exchange.setProperty(PipelineProperties.SCORE, score);
        exchange.setProperty(
                PipelineProperties.KEY, SuggestionKey.of(suggestion).text());
        if (uniqueContent || !coolDown.isZero()) {
            exchange.setProperty(
                    PipelineProperties.CONTENT_RULE,
                    new ContentRule(ContentDigest.of(suggestion.content()), uniqueContent, coolDown));
        }
    }
}
