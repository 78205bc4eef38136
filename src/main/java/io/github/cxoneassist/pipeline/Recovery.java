package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.OpenSuggestion;
import io.github.cxoneassist.journal.PastDecision;
import io.github.cxoneassist.journal.RecoveryReader;
import io.github.cxoneassist.journal.RestartMark;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.CoolDown;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.NotClaimedException;
import io.github.cxoneassist.ledger.Origin;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    private final AssistRuntime runtime;
    private final RecoveryReader reader;
    private final JournalReader journal;
    private final RestartMark mark;
    private final RestoredQueues queues;
    private final List<Sent> sent = new ArrayList<>();

    private record Sent(Waiting waiting, Instant injectedAt) {}

    Recovery(
            AssistRuntime runtime,
            RecoveryReader reader,
            JournalReader journal,
            RestartMark mark,
            RestoredQueues queues) {
        this.runtime = runtime;
        this.reader = reader;
        this.journal = journal;
        this.mark = mark;
        this.queues = queues;
    }

    /** Blocks, a few seconds for a large log. */
    void restore() {
        Instant began = runtime.clock().instant();
        String node = runtime.audit().node();
        Instant since = mark.since(node, began, journal.head(node).at());
        Progress progress = new Progress(runtime.clock());
        long[] found = {0};
        reader.openSuggestions(
                node,
                since,
                open -> {
                    found[0]++;
                    restore(open);
                },
                rows -> {
                    if (progress.due(false)) {
                        LOG.info("Reading the audit log: {} rows of open suggestions so far", rows);
                    }
                });
        reader.openCoolDowns(node, began, open -> runtime.ledger()
                .restore(open.interactionId(), new CoolDown(open.digest(), open.until())));
        for (PastDecision decision : reader.latestDecisions(node, DECISIONS)) {
            runtime.history().record(decision.interactionId(), decision.source(), decision.accepted());
        }
        if (found[0] > 0) {
            LOG.info(
                    "Found {} suggestions in their windows in the audit log, in {}: {} wait for a slot, {} are sent again",
                    found[0],
                    Duration.between(began, runtime.clock().instant()),
                    runtime.ledger().waiting(),
                    sent.size());
        }
    }

    /**
     * When every route has started. Returns at once. Those that have ended since are left out by whoever would send them.
     */
    void resume() {
        runtime.executor().execute(() -> {
            try {
                resumeNow();
            } catch (RuntimeException e) {
                LOG.error("What was found in the audit log could not be taken up; a restart tries again", e);
            }
        });
    }

    private void resumeNow() {
        letTheSurplusWait();
        // a session that is not there keeps none of another waiting
        sent.stream()
                .collect(Collectors.groupingBy(one -> one.waiting().session()))
                .values()
                .forEach(ofOneSession -> new SendingAgain<>(
                                ofOneSession,
                                one -> runtime.resend(one.waiting(), one.injectedAt()),
                                runtime.executor(),
                                runtime.clock(),
                                runtime.camelContext()::isStopping)
                        .start());
        sent.clear();
        begin(queues.interactions());
    }

    private void begin(List<String> interactions) {
        Progress progress = new Progress(runtime.clock());
        int begun = 0;
        for (String interactionId : interactions) {
            runtime.slots().resume(interactionId);
            begun++;
            if (progress.due(begun == interactions.size())) {
                LOG.info(
                        "Letting wait what waited before the restart: {} of {} interactions so far",
                        begun,
                        interactions.size());
            }
        }
    }

    /**
     * The log may know more that are active than may be: whoever was not sent, and could not be taken back on record, or the limit
     * is lower by now. The acknowledged ones are active beyond doubt, then the best; the others wait for their turn.
     */
    private void letTheSurplusWait() {
        List<Sent> worstFirst = new ArrayList<>(sent);
        worstFirst.sort(Comparator.comparing(Sent::waiting, Waiting.BEST_FIRST.reversed()));
        Set<SuggestionKey> surplus = new HashSet<>();
        for (Sent one : worstFirst) {
            Waiting waiting = one.waiting();
            int slots = runtime.holdRule(waiting.session()).slots();
            if (runtime.ledger().active(waiting.suggestion().interactionId()) > slots && waitsAgain(waiting)) {
                surplus.add(waiting.key());
            }
        }
        sent.removeIf(one -> surplus.contains(one.waiting().key()));
        if (!surplus.isEmpty()) {
            LOG.info("{} suggestions were more than their interactions may have at once, and wait", surplus.size());
        }
    }

    private boolean waitsAgain(Waiting waiting) {
        SuggestionKey key = waiting.key();
        RowOrder rows = runtime.slots().rowOrder();
        boolean waits = rows.inOrder(key.interactionId(), () -> {
            boolean gaveItsSlotBack = givesItsSlotBack(key);
            if (gaveItsSlotBack) {
                rows.takes(key);
            }
            return gaveItsSlotBack;
        });
        if (waits) {
            rows.write(key, () -> runtime.audit().appendUntilWritten(Entries.held(waiting)))
                    .thenRunAsync(() -> offer(waiting), runtime.executor());
        }
        return waits;
    }

    private boolean givesItsSlotBack(SuggestionKey key) {
        try {
            return runtime.ledger().isUnanswered(key) && runtime.ledger().hold(key);
        } catch (NotClaimedException e) {
            LOG.debug("Suggestion {} has ended meanwhile", key);
            return false;
        }
    }

    private void offer(Waiting waiting) {
        runtime.slots().offer(waiting, runtime.holdRule(waiting.session()).holding());
    }

    private void restore(OpenSuggestion open) {
        SuggestionKey key = new SuggestionKey(open.interactionId(), open.suggestionId());
        JsonNode details = open.details();
        ContentRule content = contentRule(open);
        Origin origin = origin(details);
        switch (open.state()) {
            case HELD -> {
                if (open.text() == null) {
                    // erased, so there is nothing to send; the id stays known
                    runtime.ledger().restore(key, open.until(), new Restored.Dropped(true, false), origin, content);
                } else {
                    runtime.ledger().restore(key, open.until(), new Restored.Waiting(), origin, content);
                    queues.add(waiting(open, content));
                }
            }
            case INJECTED -> {
                runtime.ledger().restore(key, open.until(), new Restored.Active(false), origin, content);
                if (open.text() != null) {
                    sent.add(new Sent(
                            waiting(open, content),
                            Instant.parse(details.path("injectedAt")
                                    .asText(open.firstAt().toString()))));
                }
            }
            case ACKNOWLEDGED ->
                runtime.ledger().restore(key, open.until(), new Restored.Active(true), origin, content);
            case ENDED -> ended(open, key, origin, content);
        }
    }

    private void ended(OpenSuggestion open, SuggestionKey key, Origin origin, ContentRule content) {
        OpenSuggestion.End end = open.end().orElseThrow();
        JournalEvent by = end.event();
        if (by == JournalEvent.SUPERSEDED) {
            // its id may be offered again
            return;
        }
        Restored state = by == JournalEvent.ACCEPTED || by == JournalEvent.DISMISSED
                ? new Restored.Decided(
                        by == JournalEvent.ACCEPTED ? Decision.ACCEPTED : Decision.DISMISSED, end.at(), true)
                : new Restored.Dropped(end.waited(), !end.waited());
        runtime.ledger().restore(key, open.until(), state, origin, content);
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

    private static Origin origin(JsonNode details) {
        JsonNode raw = details.path("relevanceScore");
        JsonNode adjusted = details.path("adjustedScore");
        return new Origin(
                details.path("source").asText(null),
                Arrays.stream(Priority.values())
                        .filter(priority ->
                                priority.name().equals(details.path("priority").asText()))
                        .findFirst()
                        .orElse(null),
                raw.isNumber() ? raw.doubleValue() : null,
                adjusted.isNumber() ? adjusted.doubleValue() : null);
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
