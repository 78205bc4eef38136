package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ConfigurationDigest;
import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.suggestion.RelevanceRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;

/**
 * Says by which rules this sink judges: in full in the audit log, once for each start, and by their digest in the rows of
 * what was judged. The rules themselves are the business of the other steps; two settings that mean the same have one
 * digest.
 */
public final class ConfigurationStep extends Step {

    private final Map<String, Object> rules = new LinkedHashMap<>(Map.of(
            "session", "main",
            "relevanceThreshold", RelevanceRule.DEFAULT.threshold(),
            "thresholdJudges", "raw",
            "raiseAbove", RelevanceRule.DEFAULT.raiseAbove(),
            "lowerBelow", RelevanceRule.DEFAULT.lowerBelow(),
            "relevanceStep", RelevanceRule.DEFAULT.step(),
            "leastDecisions", RelevanceRule.DEFAULT.leastDecisions(),
            "bufferLimit", HoldRule.DEFAULT.slots(),
            "holdLimit", HoldRule.DEFAULT.capacity(),
            "fullPolicy", HoldPolicy.HOLD.name().toLowerCase(Locale.ROOT)));
    private String digest;

    public ConfigurationStep() {
        rules.put("keepSlotForCritical", false);
        rules.put("uniqueContent", false);
        rules.put("coolDown", Duration.ZERO.toString());
    }

    public void setSession(String session) {
        rules.put("session", session);
    }

    public void setRelevanceThreshold(double relevanceThreshold) {
        rules.put("relevanceThreshold", relevanceThreshold);
    }

    public void setThresholdJudges(String thresholdJudges) {
        rules.put("thresholdJudges", thresholdJudges.strip().toLowerCase(Locale.ROOT));
    }

    public void setRaiseAbove(double raiseAbove) {
        rules.put("raiseAbove", raiseAbove);
    }

    public void setLowerBelow(double lowerBelow) {
        rules.put("lowerBelow", lowerBelow);
    }

    public void setRelevanceStep(double relevanceStep) {
        rules.put("relevanceStep", relevanceStep);
    }

    public void setLeastDecisions(int leastDecisions) {
        rules.put("leastDecisions", leastDecisions);
    }

    public void setBufferLimit(int bufferLimit) {
        rules.put("bufferLimit", bufferLimit);
    }

    public void setHoldLimit(int holdLimit) {
        rules.put("holdLimit", holdLimit);
    }

    public void setFullPolicy(String fullPolicy) {
        rules.put("fullPolicy", fullPolicy.strip().toLowerCase(Locale.ROOT));
    }

    public void setKeepSlotForCritical(boolean keepSlotForCritical) {
        rules.put("keepSlotForCritical", keepSlotForCritical);
    }

    public void setUniqueContent(boolean uniqueContent) {
        rules.put("uniqueContent", uniqueContent);
    }

    public void setCoolDown(String coolDown) {
        rules.put(
                "coolDown",
                Duration.ofMillis(TimeUtils.toMilliSeconds(coolDown.strip())).toString());
    }

    @Override
    protected void doStart() throws Exception {
        digest = ConfigurationDigest.of(rules);
        runtime().configured(digest, rules);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        exchange.setProperty(PipelineProperties.CONFIG, digest);
        callback.done(true);
        return true;
    }
}
