package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalRow;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Tells the story of the sandbox: a line for each thing that becomes of a suggestion, a summary when the sample has been
 * dealt with and nothing more has happened for a while, then how to go on. Thread-safe.
 */
final class OutcomeConsole {

    private static final long QUIET_MILLIS = 3_000;

    private static final Set<JournalEvent> ANSWERS = Set.of(
            JournalEvent.ACK_RECEIVED,
            JournalEvent.ACCEPTED,
            JournalEvent.DISMISSED,
            JournalEvent.EXPIRED,
            JournalEvent.SUPERSEDED);

    private final PrintWriter out;
    private final long expected;
    private final Map<String, Integer> events = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    /** Held, and neither sent nor dropped since. */
    private final Set<String> waiting = new HashSet<>();

    /** What became of one that an earlier start sent is told, and not counted. */
    private final Set<String> sentHere = new HashSet<>();

    private Places places;
    private int seen;
    private int dropped;
    private long lastChange;
    private boolean summarised;

    /** @param expected how many suggestions the sample offers */
    OutcomeConsole(PrintWriter out, long expected) {
        this.out = out;
        this.expected = expected;
    }

    synchronized void begin(String cxone, Places running) {
        places = running;
        print("");
        print("The sandbox is up. Its own CXone listens at " + cxone + ", an agent is at the desktop.");
        if (running.takesFiles()) {
            print("Suggestions of " + expected + " lines go into " + running.inbox()
                    + ". This is what becomes of them:");
        } else {
            print("No sample is played: it needs the source 'file', which cxone.sources leaves out. Suggestions come "
                    + running.suggestions() + ". This is what becomes of them:");
        }
        print("");
    }

    /** A listener of the journal. */
    synchronized void committed(List<JournalRow> rows) {
        for (JournalRow row : rows) {
            OutcomeLine.of(row).ifPresent(line -> {
                print("  " + line);
                count(row);
            });
        }
    }

    synchronized void end() {
        print("");
        print("Stopping.");
    }

    private void count(JournalRow row) {
        String suggestion = row.interactionId() + " " + row.suggestionId();
        JournalEvent event = JournalEvent.of(row.event()).orElseThrow();
        if (event == JournalEvent.INJECTED) {
            sentHere.add(suggestion);
        }
        if (sentHere.contains(suggestion) || waiting.contains(suggestion) || !ANSWERS.contains(event)) {
            events.merge(row.event(), 1, Integer::sum);
        }
        switch (event) {
            case VALIDATION_FAILED -> {
                refusals.merge(row.reason(), 1, Integer::sum);
                seen++;
            }
            case HELD -> {
                waiting.add(suggestion);
                seen++;
            }
            case INJECTED -> {
                // one that waited was seen when it began to
                seen += waiting.remove(suggestion) ? 0 : 1;
            }
            case SUPERSEDED, EXPIRED -> dropped += waiting.remove(suggestion) ? 1 : 0;
            default -> {}
        }
        if (summarised) {
            return;
        }
        long change = ++lastChange;
        if (seen >= expected) {
            CompletableFuture.delayedExecutor(QUIET_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(() -> summarise(change));
        }
    }

    private synchronized void summarise(long change) {
        if (change != lastChange || summarised) {
            return;
        }
        summarised = true;
        sentHere.clear();
        int sent = of(JournalEvent.INJECTED);
        int expired = of(JournalEvent.EXPIRED) + of(JournalEvent.SUPERSEDED) - dropped;
        int ended = of(JournalEvent.ACCEPTED) + of(JournalEvent.DISMISSED) + expired;
        print("");
        print("Summary: " + seen + " suggestions, " + sent + " sent, " + waiting.size() + " waiting, " + dropped
                + " dropped, " + of(JournalEvent.VALIDATION_FAILED) + " refused"
                + refusals.entrySet().stream()
                        .map(refusal -> refusal.getKey() + " " + refusal.getValue())
                        .collect(Collectors.joining(", ", " (", ")")));
        print("         of those sent: " + of(JournalEvent.ACK_RECEIVED) + " acknowledged, " + of(JournalEvent.ACCEPTED)
                + " accepted, " + of(JournalEvent.DISMISSED) + " dismissed, " + expired + " expired, "
                + (sent - ended) + " still before the agent");
        print("");
        if (places.takesHttp()) {
            print("Send one of your own (its context window lasts eight hours, and its id is new each time):");
            print("");
            print(curl());
            print("");
        }
        if (places.takesFiles()) {
            print("Or drop .ndjson and .json files into " + places.inbox() + ".");
        }
        print("The audit log is in " + places.databaseUrl() + ", health at " + places.httpUrl() + "/observe/health,"
                + " metrics at " + places.httpUrl() + "/observe/metrics.");
        print("Ctrl-C stops it.");
        print("");
    }

    /** One line; the shell fills in an id that is new each time. */
    private String curl() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String body =
                "{\"interactionId\":\"my-call\",\"id\":\"my-'$(date +%s)-$$'\",\"content\":\"Offer a call back within"
                        + " the hour\",\"priority\":\"HIGH\",\"relevanceScore\":0.9,\"contextWindow\":{\"start\":\""
                        + now.minusSeconds(60) + "\",\"end\":\"" + now.plus(8, ChronoUnit.HOURS) + "\"}}";
        String key = places.apiKeyNeeded() ? " -H \"X-API-Key: $CXONE_API_KEY\"" : "";
        return "curl -s " + places.httpUrl() + "/api/suggestions -H 'Content-Type: application/json'" + key + " -d '"
                + body + "'";
    }

    private int of(JournalEvent event) {
        return events.getOrDefault(event.wireName(), 0);
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
