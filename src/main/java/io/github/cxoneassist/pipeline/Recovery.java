package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.OpenSuggestion;
import io.github.cxoneassist.journal.PastDecision;
import io.github.cxoneassist.journal.RecoveryReader;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.Restored;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.ContentDigest;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a restart must not forget: {@link #restore} folds the journal into the ledger and the history before any route starts,
 * {@link #resume} lets go on what waited or was cut off once all routes have.
 *
 * <p>It reads what was open shortly before the last row was written, not what is open now: what ran out while nobody was there
 * gets its {@code expired} row from the ledger, as if somebody had been.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** As many as an acceptance history of all interactions and sources needs, and read in a moment. */
    private static final int DECISIONS = 20_000;

    /** By then the end of a window is on disk, unless the process died before: the ledger looks often, but not always. */
    private static final Duration NOTICED = Duration.ofMinutes(1);

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final AssistRuntime runtime;
    private final RecoveryReader reader;
    private final JournalReader journal;
    private final List<Waiting> held = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(Waiting waiting, Instant injectedAt) {}

    Recovery(AssistRuntime runtime, RecoveryReader reader, JournalReader journal) {
        this.runtime = runtime;
        this.reader = reader;
        this.journal = journal;
    }

    /** Blocks, a few seconds for a large log. */
    void restore() {
        Instant began = runtime.clock().instant();
        Instant lastRow = journal.head(runtime.node()).at();
        long[] found = {0};
        reader.openSuggestions(
                runtime.node(),
                (lastRow.isBefore(began) ? lastRow : began).minus(NOTICED),
                open -> {
                    found[0]++;
                    restore(open);
                },
                progress(began));
        for (PastDecision decision : reader.latestDecisions(runtime.node(), DECISIONS)) {
            runtime.history().record(decision.interactionId(), decision.source(), decision.accepted());
        }
        if (found[0] > 0) {
            LOG.info(
                    "Found {} suggestions in their windows in the audit log, in {}: {} wait for a slot, {} are sent again",
                    found[0],
                    Duration.between(began, runtime.clock().instant()),
                    held.size(),
                    sent.size());
        }
    }

    /** When every route has started. Those that have ended since are left out by whoever would send them. */
    void resume() {
        sent.forEach(one -> runtime.resend(one.waiting(), one.injectedAt()));
        held.forEach(one -> runtime.offer(one, runtime.holdRule(one.session())));
        sent.clear();
        held.clear();
    }

    private LongConsumer progress(Instant began) {
        Instant[] next = {began.plus(QUIET)};
        return rows -> {
            Instant now = runtime.clock().instant();
            if (!now.isBefore(next[0])) {
                next[0] = now.plus(QUIET);
                LOG.info("Reading the audit log: {} rows of open suggestions so far", rows);
            }
        };
    }

    private void restore(OpenSuggestion open) {
        SuggestionKey key = new SuggestionKey(open.interactionId(), open.suggestionId());
        JsonNode details = open.details();
        ContentRule content = contentRule(open);
        String source = details.path("source").asText(null);
        switch (open.state()) {
            case HELD -> {
                if (open.text() == null) {
                    // erased, so there is nothing to send; the id stays known
                    runtime.ledger().restore(key, open.until(), new Restored.Dropped(true, false), source, content);
                } else {
                    runtime.ledger().restore(key, open.until(), new Restored.Waiting(), source, content);
                    held.add(waiting(open, content));
                }
            }
            case INJECTED -> {
                runtime.ledger().restore(key, open.until(), new Restored.Active(false), source, content);
                if (open.text() != null) {
                    sent.add(new Sent(
                            waiting(open, content),
                            Instant.parse(details.path("injectedAt")
                                    .asText(open.firstAt().toString()))));
                }
            }
            case ACKNOWLEDGED ->
                runtime.ledger().restore(key, open.until(), new Restored.Active(true), source, content);
            case ENDED -> ended(open, key, source, content);
        }
    }

    private void ended(OpenSuggestion open, SuggestionKey key, String source, ContentRule content) {
        OpenSuggestion.End end = open.end().orElseThrow();
        JournalEvent by = end.event();
        if (by == JournalEvent.SUPERSEDED) {
            // its id may be offered again
            return;
        }
        Restored state = by == JournalEvent.ACCEPTED || by == JournalEvent.DISMISSED
                ? new Restored.Decided(
                        by == JournalEvent.ACCEPTED ? Decision.ACCEPTED : Decision.DISMISSED, end.at(), true)
                : new Restored.Dropped(false, true);
        runtime.ledger().restore(key, open.until(), state, source, content);
    }

    private static Waiting waiting(OpenSuggestion open, ContentRule content) {
        JsonNode details = open.details();
        double raw = details.path("relevanceScore").asDouble();
        Suggestion suggestion = new Suggestion(
                open.interactionId(),
                open.suggestionId(),
                open.text(),
                Priority.valueOf(details.path("priority").asText()),
                raw,
                new ContextWindow(Instant.parse(details.path("windowStart").asText()), open.until()),
                details.path("source").asText(null));
        return new Waiting(
                suggestion,
                details.path("adjustedScore").asDouble(raw),
                open.firstAt(),
                details.path("session").asText("main"),
                content,
                details.path("config").asText(null));
    }

    private static ContentRule contentRule(OpenSuggestion open) {
        JsonNode details = open.details();
        boolean unique = details.path("uniqueContent").asBoolean();
        Duration coolDown = Duration.parse(details.path("coolDown").asText("PT0S"));
        if (open.text() == null || !unique && coolDown.isZero()) {
            return ContentRule.OFF;
        }
        return new ContentRule(ContentDigest.of(open.text()), unique, coolDown);
    }
}
