package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ConfigurationDigest;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.suggestion.ContentDigest;
import io.github.cxoneassist.suggestion.RelevanceRule;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * By which rules one sink judges.
 *
 * @param session that its suggestions are sent on
 * @param uniqueContent whether the same text under another id is a duplicate
 * @param coolDown how long the same text is refused after an agent dismissed it; zero for not at all,
 *     {@link ContentRule#LONGEST_COOL_DOWN} at most
 */
record SinkRules(String session, RelevanceRule relevance, boolean uniqueContent, Duration coolDown, HoldRule hold) {

    SinkRules {
        if (coolDown.isNegative() || coolDown.compareTo(ContentRule.LONGEST_COOL_DOWN) > 0) {
            throw new IllegalArgumentException(
                    "coolDown must be from 0 to " + ContentRule.LONGEST_COOL_DOWN.toDays() + "d, not " + coolDown);
        }
    }

    /** How the content of a suggestion is judged. */
    ContentRule contentRule(Suggestion suggestion) {
        return uniqueContent || !coolDown.isZero()
                ? new ContentRule(ContentDigest.of(suggestion.content()), uniqueContent, coolDown)
                : ContentRule.OFF;
    }

    /** A short name, by which rows in the audit log say what they were judged by. Rules that mean the same have the same. */
    String digest() {
        return ConfigurationDigest.of(toMap());
    }

    /** In the words of the Kamelet's options. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new TreeMap<>();
        map.put("session", session);
        map.put("relevanceThreshold", relevance.threshold());
        map.put("thresholdJudges", relevance.judgesAdjusted() ? RulesStep.ADJUSTED : RulesStep.RAW);
        map.put("raiseAbove", relevance.raiseAbove());
        map.put("lowerBelow", relevance.lowerBelow());
        map.put("relevanceStep", relevance.step());
        map.put("leastDecisions", relevance.leastDecisions());
        map.put("uniqueContent", uniqueContent);
        map.put("coolDown", coolDown.toString());
        map.put("bufferLimit", hold.slots());
        map.put("holdLimit", hold.capacity());
        map.put("fullPolicy", hold.holds() ? hold.policy().name().toLowerCase(Locale.ROOT) : RulesStep.REJECT);
        map.put("keepSlotForCritical", hold.keepsOneForCritical());
        return map;
    }
}
