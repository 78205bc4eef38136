package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.suggestion.RelevanceRule;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;

/**
 * Takes the options of a sink and tells the steps behind it by which {@link SinkRules} to judge. They stand in full in the
 * audit log, once for each start, and by their digest in the rows of what was judged.
 */
public final class RulesStep extends Step {

    static final String RAW = "raw";
    static final String ADJUSTED = "adjusted";
    static final String REJECT = "reject";

    private String session = "main";
    private double relevanceThreshold = RelevanceRule.DEFAULT.threshold();
    private String thresholdJudges = RAW;
    private double raiseAbove = RelevanceRule.DEFAULT.raiseAbove();
    private double lowerBelow = RelevanceRule.DEFAULT.lowerBelow();
    private double relevanceStep = RelevanceRule.DEFAULT.step();
    private int leastDecisions = RelevanceRule.DEFAULT.leastDecisions();
    private boolean uniqueContent;
    private Duration coolDown = Duration.ZERO;
    private int bufferLimit = HoldRule.DEFAULT.slots();
    private int holdLimit = HoldRule.DEFAULT.capacity();
    private String fullPolicy = "hold";
    private boolean keepSlotForCritical;

    private SinkRules rules;
    private String digest;

    /** The session that a suggestion is sent on, when it is its turn. */
    public void setSession(String session) {
        this.session = session;
    }

    /** The least score that a suggestion needs, 0 to 1. */
    public void setRelevanceThreshold(double relevanceThreshold) {
        this.relevanceThreshold = relevanceThreshold;
    }

    /** Which score the threshold judges: {@code raw} or {@code adjusted}. */
    public void setThresholdJudges(String thresholdJudges) {
        this.thresholdJudges = word(thresholdJudges);
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

    /** How long the same text is refused after an agent dismissed it, as Camel writes durations; 0 for not at all, 30 days at most. */
    public void setCoolDown(String coolDown) {
        this.coolDown = Duration.ofMillis(TimeUtils.toMilliSeconds(coolDown.strip()));
    }

    /** How many suggestions of one interaction may be active at once. */
    public void setBufferLimit(int bufferLimit) {
        this.bufferLimit = bufferLimit;
    }

    /** How many of one interaction may wait. */
    public void setHoldLimit(int holdLimit) {
        this.holdLimit = holdLimit;
    }

    /** {@code hold}, {@code replace} or {@code reject}: what becomes of a suggestion when no slot is free. */
    public void setFullPolicy(String fullPolicy) {
        this.fullPolicy = word(fullPolicy);
    }

    /** Whether the last free slot is kept for {@code CRITICAL} suggestions. */
    public void setKeepSlotForCritical(boolean keepSlotForCritical) {
        this.keepSlotForCritical = keepSlotForCritical;
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    @Override
    protected void doBuild() {
        rules = new SinkRules(session, relevance(), uniqueContent, coolDown, hold());
        digest = rules.digest();
    }

    private RelevanceRule relevance() {
        if (!thresholdJudges.equals(RAW) && !thresholdJudges.equals(ADJUSTED)) {
            throw new IllegalArgumentException("thresholdJudges must be raw or adjusted, not " + thresholdJudges);
        }
        return new RelevanceRule(
                relevanceThreshold,
                thresholdJudges.equals(ADJUSTED),
                raiseAbove,
                lowerBelow,
                relevanceStep,
                leastDecisions);
    }

    private HoldRule hold() {
        HoldPolicy policy =
                switch (fullPolicy) {
                    case "hold", REJECT -> HoldPolicy.HOLD;
                    case "replace" -> HoldPolicy.REPLACE;
                    default ->
                        throw new IllegalArgumentException(
                                "fullPolicy must be hold, replace or reject, not " + fullPolicy);
                };
        return new HoldRule(bufferLimit, keepSlotForCritical, fullPolicy.equals(REJECT) ? 0 : holdLimit, policy);
    }

    @Override
    protected void doStart() throws Exception {
        runtime().holdRule(session, rules.hold());
        runtime().audit().configured(digest, rules.toMap());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        PipelineProperties.reset(exchange);
        exchange.setProperty(PipelineProperties.RULES, rules);
        exchange.setProperty(PipelineProperties.CONFIG, digest);
        callback.done(true);
        return true;
    }
}
