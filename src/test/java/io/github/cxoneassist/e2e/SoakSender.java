package io.github.cxoneassist.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A source that offers suggestions over HTTP, good ones, bad ones and the same one twice, and each until it is told what
 * became of it: 503 means try again.
 */
final class SoakSender implements Runnable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int INTERACTIONS = 8;

    private final String url;
    private final String round;
    private final String prefix;
    private final RandomGenerator random;
    private final SoakAccounts accounts;
    private final CountDownLatch enough;
    private final List<ObjectNode> sent = new ArrayList<>();
    private int number;

    /** @param enough when it is down, no new suggestion is offered */
    SoakSender(
            String url,
            String round,
            String name,
            RandomGenerator random,
            SoakAccounts accounts,
            CountDownLatch enough) {
        this.url = url;
        this.round = round;
        this.prefix = round + "-" + name + "-";
        this.random = random;
        this.accounts = accounts;
        this.enough = enough;
    }

    /** What a suggestion of this id says, so that one that says anything else is noticed without a memory. */
    static String content(String id) {
        return "Offer a call back within the hour, as " + id + " says";
    }

    @Override
    public void run() {
        try {
            while (!enough.await(random.nextInt(60, 300), TimeUnit.MILLISECONDS)) {
                offerNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            accounts.complaint("sender " + prefix + " failed: " + e);
        }
    }

    private void offerNext() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 8 && !sent.isEmpty()) {
            offer(sent.get(random.nextInt(sent.size())));
            return;
        }
        ObjectNode suggestion = suggestion();
        if (dice < 16) {
            spoil(suggestion);
        }
        if (dice > 94) {
            Thread twin = new Thread(() -> offerAsTwin(suggestion), "soak-twin-" + prefix);
            twin.start();
            offer(suggestion);
            twin.join();
        } else {
            offer(suggestion);
        }
        sent.add(suggestion);
        if (sent.size() > 10) {
            sent.remove(0);
        }
    }

    private void offerAsTwin(ObjectNode suggestion) {
        try {
            offer(suggestion);
        } catch (Exception e) {
            accounts.complaint("twin of " + prefix + " failed: " + e);
        }
    }

    private ObjectNode suggestion() {
        String id = prefix + number++;
        ObjectNode suggestion = Suggestions.valid(round + "-call-" + random.nextInt(INTERACTIONS), id);
        suggestion.put("content", content(id));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Duration window = Duration.ofMillis(random.nextInt(1_000, 5_000));
        suggestion
                .withObject("/contextWindow")
                .put("start", now.minusMillis(200).toString())
                .put("end", now.plus(window).toString());
        return suggestion;
    }

    private void spoil(ObjectNode suggestion) {
        switch (random.nextInt(3)) {
            case 0 -> suggestion.put("relevanceScore", 0.3);
            case 1 -> suggestion.put("priority", "LUKEWARM");
            default -> suggestion.remove("content");
        }
    }

    private void offer(ObjectNode suggestion) throws Exception {
        String interactionId = suggestion.path("interactionId").asText();
        String id = suggestion.path("id").asText();
        Instant end = Instant.parse(suggestion.at("/contextWindow/end").asText());
        accounts.offered(interactionId, id, end);
        while (true) {
            String answer = post(suggestion.toString());
            if (answer == null) {
                accounts.failed(interactionId, id);
            } else {
                JsonNode outcome = MAPPER.readTree(answer);
                accounts.answered(
                        interactionId,
                        id,
                        outcome.path("status").asText(),
                        outcome.path("reason").asText());
                return;
            }
            // not on the latch: what was begun is brought to its end
            pause(random.nextInt(50, 250));
        }
    }

    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    /** @return null for a 503 */
    private String post(String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setReadTimeout(30_000);
        connection.setRequestProperty("Content-Type", "application/json");
        // so that no idle connection is counted among the product's
        connection.setRequestProperty("Connection", "close");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String answer = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return switch (status) {
                case 503 -> null;
                case 202, 409, 422 -> answer;
                default -> throw new IOException(status + " " + answer);
            };
        }
    }
}
