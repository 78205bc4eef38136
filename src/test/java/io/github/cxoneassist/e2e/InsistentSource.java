package io.github.cxoneassist.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Several senders over HTTP, as a source should be: what got no clear answer is offered again, unchanged, until it does. They
 * talk about the same few interactions, so that these are always full. Now and then an interaction ends.
 */
final class InsistentSource implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SENDERS = 6;
    private static final int INTERACTIONS = 8;
    private static final int SUGGESTIONS_EACH = 25;
    private static final int ENDS_AFTER = 8;
    private static final Duration PACE = Duration.ofMillis(4);
    private static final List<String> PRIORITIES = List.of("CRITICAL", "HIGH", "MEDIUM", "LOW");

    private final String url;
    private final Duration shortest;
    private final Duration longest;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(SENDERS);
    private final AtomicReferenceArray<String> interactions = new AtomicReferenceArray<>(INTERACTIONS);
    private final AtomicInteger suggestions = new AtomicInteger();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Sender> senders = new ArrayList<>();
    private volatile boolean stopping;
    private volatile Instant lastEnd = Instant.EPOCH;

    InsistentSource(String url, long seed, Duration shortest, Duration longest) {
        this.url = url;
        this.shortest = shortest;
        this.longest = longest;
        for (int i = 0; i < INTERACTIONS; i++) {
            interactions.set(i, "call-" + i);
        }
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(i, new Random(seed + i)));
        }
    }

    void start() {
        senders.forEach(
                sender -> executor.scheduleWithFixedDelay(sender::offer, 0, PACE.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** By suggestion: sent, held, duplicate (on a second try), or the reason of a refusal. */
    Map<String, String> answers() {
        return answers;
    }

    /** When the last window ends of all that was offered. */
    Instant lastEnd() {
        return lastEnd;
    }

    /** Offers nothing new. What is in doubt is offered until it has an answer. */
    void stop() {
        stopping = true;
    }

    boolean isDone() {
        return stopping && senders.stream().allMatch(sender -> sender.pending == null);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** A request and what to do with its answer. */
    private record Pending(String path, String id, String body) {}

    private final class Sender {

        private final int number;
        private final Random random;
        private int own;
        private volatile Pending pending;

        Sender(int number, Random random) {
            this.number = number;
            this.random = random;
        }

        void offer() {
            if (pending == null && !stopping) {
                pending = next();
            }
            if (pending == null) {
                return;
            }
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(URI.create(url + pending.path()))
                                .timeout(Duration.ofSeconds(20))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(pending.body()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (isClear(response)) {
                    answered(MAPPER.readTree(response.body()));
                    pending = null;
                }
            } catch (IOException e) {
                // killed, or not up again: in doubt
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static boolean isClear(HttpResponse<String> response) {
            return response.statusCode() < 500 && response.statusCode() != 404;
        }

        private void answered(JsonNode outcome) {
            if (pending.id() != null) {
                String status = outcome.path("status").asText();
                answers.put(
                        pending.id(),
                        status.equals("refused") ? outcome.path("reason").asText() : status);
            }
        }

        /** One in five goes to an interaction of this sender alone, which ends after some of them. */
        private Pending next() {
            if (random.nextInt(5) > 0) {
                return suggestion(shared());
            }
            String interactionId = "brief-" + number + "-" + own / ENDS_AFTER;
            return own++ % ENDS_AFTER < ENDS_AFTER - 1
                    ? suggestion(interactionId)
                    : new Pending("/api/interactions/" + interactionId + "/end", null, "");
        }

        private String shared() {
            int which = random.nextInt(INTERACTIONS);
            if (random.nextInt(SUGGESTIONS_EACH) == 0) {
                interactions.set(which, "call-" + which + "-" + suggestions.get());
            }
            return interactions.get(which);
        }

        private Pending suggestion(String interactionId) {
            String id = "s-" + suggestions.incrementAndGet();
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            Instant end = now.plusMillis(random.nextLong(shortest.toMillis(), longest.toMillis()));
            ObjectNode json = Suggestions.valid(interactionId, id)
                    .put("priority", PRIORITIES.get(random.nextInt(PRIORITIES.size())))
                    .put("relevanceScore", random.nextInt(70, 100) / 100.0);
            ((ObjectNode) json.path("contextWindow")).put("end", end.toString());
            synchronized (answers) {
                lastEnd = end.isAfter(lastEnd) ? end : lastEnd;
            }
            return new Pending("/api/suggestions", id, json.toString());
        }
    }
}
