package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.component.ImpatientConfiguration;
import io.github.cxoneassist.journal.ChainVerifier;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.Verification;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SimulatedAgent;
import io.github.cxoneassist.sandbox.Violation;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/**
 * Bad weather at a steady flow of suggestions, in rounds; after each, all is added up. {@code -Dsoak.seconds=3600} makes it
 * longer, {@code -Dsoak.seed=…} makes the dice fall as they did (not the threads, so that a run is like another and never
 * the same).
 */
class SoakTest {

    private static final long SECONDS = Long.getLong("soak.seconds", 50);
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime() % 1_000_000_007);

    private static final int ROUND_SECONDS = 25;
    private static final Duration BAD_WEATHER = Duration.ofSeconds(16);
    private static final int SENDERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern KEY = Pattern.compile("Key\\[interactionId=(\\S+), id=(\\S+)\\] .*");
    private static final Pattern WINDOW_END = Pattern.compile(".* window \\S+\\.\\.(\\S+)");

    /** What must not grow with the number of connections or suggestions. */
    private static final List<String> COUNTED = List.of(
            "io.github.cxoneassist.session.Attempt",
            "io.github.cxoneassist.session.Connection",
            "io.github.cxoneassist.session.Send",
            "io.github.cxoneassist.session.Renewal",
            "io.github.cxoneassist.ledger.Entry",
            "io.vertx.core.impl.VertxImpl$InternalTimerHandler",
            "io.vertx.core.http.impl.WebSocketClientImpl",
            "org.apache.camel.support.DefaultExchange");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private RunningAssist assist;
    private SoakWeather weather;
    private JdbcJournalReader journal;
    private Instant framesSeen = Instant.EPOCH;

    @Test
    void everySuggestionIsAccountedForAndNothingIsLeftBehindWhateverTheWeather() throws Exception {
        System.out.println("SoakTest: -Dsoak.seed=" + SEED + " for " + SECONDS + " s");
        Footprint before = Footprint.now();
        start();
        ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
        pulse.scheduleWithFixedDelay(weather::beats, 0, 100, TimeUnit.MILLISECONDS);
        try {
            Footprint first = round(1);
            Footprint last = first;
            for (int round = 2; round <= Math.max(2, SECONDS / ROUND_SECONDS); round++) {
                last = round(round);
                System.out.printf("SoakTest: heap %,d -> %,d%n", first.heap(), last.heap());
                assertThat(last.sockets()).as("sockets").isEqualTo(first.sockets());
                assertNoMoreThreads(first, last);
            }
            assertFlat(first, last);
            assertThat(ChainVerifier.verify(journal.rows("main"))).isInstanceOf(Verification.Intact.class);
        } finally {
            pulse.shutdownNow();
            assist.close();
        }
        await().untilAsserted(() -> assertThat(Footprint.openSockets()).isEqualTo(before.sockets()));
        await().untilAsserted(() -> assertThat(Footprint.threadsByName().keySet())
                .filteredOn(name -> !before.threads().containsKey(name))
                .noneMatch(name -> name.matches("(?i).*(camel|cxone|vert|hikari|token-request|soak|sqlite).*")));
    }

    private void start() throws Exception {
        SandboxConfig config = SandboxConfig.builder()
                .tokenLifetime(Duration.ofSeconds(6))
                .transit(Duration.ofMillis(500))
                .frameLimit(5_000)
                .build();
        assist = RunningAssist.start(
                folder,
                new SimulatedAgent(new Random(SEED)),
                config,
                Map.of(
                        "camel.component.cxone-assist.connect-timeout", "1000",
                        "camel.component.cxone-assist.send-timeout", "600",
                        "camel.component.cxone-assist.ack-timeout", "1500",
                        "camel.component.cxone-assist.ping-interval", "400",
                        "camel.component.cxone-assist.renew-before", "2000",
                        "camel.component.cxone-assist.in-flight", "20"),
                main -> main.addMainListener(ImpatientConfiguration.impatience()));
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + assist.database());
        journal = new JdbcJournalReader(database);
        weather = new SoakWeather(assist.cxone(), random);
    }

    /** @return what is held when all is quiet again */
    private Footprint round(int number) throws Exception {
        awaitReady();
        long since = journal.head("main").seq();
        double sentBefore = meter("cxone.assist.session.sent");
        SoakAccounts accounts = new SoakAccounts();
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(new SoakSender(
                    assist.url("/api/suggestions"),
                    "r" + number,
                    "s" + i,
                    new Random(random.nextLong()),
                    accounts,
                    enough));
        }
        senders.shutdown();

        badWeather();

        enough.countDown();
        assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        awaitReady();
        String story = "round " + number + " of seed " + SEED + ", weather:\n" + String.join("\n", weather.diary());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        accounts.audit(rows(since), assist.cxone().referee().suggestions()))
                .as(story)
                .isEmpty());
        assertThat(unexplained(rows(since))).as(story).isEmpty();
        assertThat(accounts.size()).isGreaterThan(20);
        assertMetersAgree(accounts, sentBefore, rows(since));
        System.out.printf(
                "SoakTest: round %d: %d suggestions, %d sent, %d held, %d refused, %d tried again, %d connections%n",
                number,
                accounts.size(),
                accounts.sent(),
                accounts.held(),
                accounts.refused(),
                accounts.failures(),
                assist.cxone().referee().socketCount());

        assist.cxone().reset();
        weather.forgets();
        framesSeen = Instant.EPOCH;
        return quietFootprint();
    }

    private void badWeather() throws Exception {
        Instant end = Instant.now().plus(BAD_WEATHER);
        while (Instant.now().isBefore(end)) {
            for (int faults = random.nextInt(2, 6); faults > 0; faults--) {
                weather.turns();
                pass(weather.pause(100, 700));
                assertNoFrameIsGarbled();
            }
            weather.clears();
            awaitReady();
            pass(weather.pause(200, 1_500));
        }
    }

    private void awaitReady() {
        await().atMost(PATIENCE)
                .until(() -> assist.cxone().referee().openSockets() == 1
                        && registry()
                                        .get("cxone.assist.session.state")
                                        .tag("state", "ready")
                                        .gauge()
                                        .value()
                                == 1);
    }

    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void assertNoFrameIsGarbled() throws Exception {
        List<Frame> frames = assist.cxone().referee().frames(Frame.Direction.IN);
        for (Frame frame : frames) {
            if (frame.at().isBefore(framesSeen)) {
                continue;
            }
            JsonNode json = MAPPER.readTree(frame.text());
            if (json.has("suggestion")) {
                JsonNode suggestion = json.path("suggestion");
                assertThat(suggestion.path("content").asText())
                        .isEqualTo(SoakSender.content(suggestion.path("id").asText()));
            }
        }
        framesSeen =
                frames.isEmpty() ? framesSeen : frames.get(frames.size() - 1).at();
    }

    /** The violations that no fault of ours excuses. */
    private List<Violation> unexplained(List<JournalRow> rows) {
        List<Violation> unexplained = new ArrayList<>();
        for (Violation violation : assist.cxone().referee().violations()) {
            boolean excused =
                    switch (violation.kind()) {
                        // the answer was lost with its connection
                        case SENT_AGAIN_AFTER_ANSWER -> {
                            Matcher key = KEY.matcher(violation.text());
                            yield key.matches()
                                    && !SoakAccounts.wasAnsweredBefore(
                                            rows, key.group(1), key.group(2), violation.at());
                        }
                        // it was on the way in its window, and not read
                        case OUTSIDE_ITS_WINDOW -> {
                            Matcher window = WINDOW_END.matcher(violation.text());
                            yield window.matches() && weather.wasUnread(Instant.parse(window.group(1)));
                        }
                        default -> false;
                    };
            if (!excused) {
                unexplained.add(violation);
            }
        }
        return unexplained;
    }

    private void assertMetersAgree(SoakAccounts accounts, double sentBefore, List<JournalRow> rows) {
        await().untilAsserted(() -> {
            assertThat(meter("cxone.assist.session.in.flight")).isZero();
            assertThat(meter("cxone.assist.session.waiting")).isZero();
            assertThat(meter("cxone.assist.session.inbound.waiting")).isZero();
            assertThat(meter("cxone.assist.session.paused")).isZero();
            assertThat(meter("cxone.assist.active")).isZero();
            assertThat(meter("cxone.assist.journal.queued")).isZero();
        });
        // what waited is sent later, or never
        long injected =
                rows.stream().filter(row -> row.event().equals("injected")).count();
        assertThat(meter("cxone.assist.session.sent") - sentBefore)
                .isBetween((double) accounts.sent(), (double) injected);
        assertThat(meter("cxone.assist.waiting")).isZero();
        await().untilAsserted(() -> assertThat(meter("cxone.assist.session.reconnects") + 1)
                .isEqualTo(journal.after("main", 0, Set.of(JournalEvent.CONNECTED), 1_000_000)
                        .size()));
    }

    private double meter(String name) {
        return registry().get(name).meter().measure().iterator().next().getValue();
    }

    private MeterRegistry registry() {
        return assist.camelContext().getRegistry().findSingleByType(MeterRegistry.class);
    }

    private List<JournalRow> rows(long since) {
        return journal.after("main", since, Set.of(), 1_000_000);
    }

    /** After the last timer of a fault, and of those who closed with it. */
    private Footprint quietFootprint() throws Exception {
        // the referee's patience with a refused client is the longest of the stand-in's timers
        pass(Duration.ofSeconds(5));
        awaitReady();
        return Footprint.now();
    }

    private static void assertNoMoreThreads(Footprint first, Footprint last) {
        last.threads().forEach((name, count) -> assertThat(count)
                // pools may still have room to grow
                .as("threads named " + name)
                .isLessThanOrEqualTo(first.threads().getOrDefault(name, 0L) + 10));
    }

    private static void assertFlat(Footprint first, Footprint last) {
        for (String type : COUNTED) {
            assertThat(last.instancesOf(type))
                    .as("instances of " + type)
                    .isLessThanOrEqualTo(first.instancesOf(type) + 3);
        }
        assertThat(last.heap()).as("heap").isLessThan(first.heap() + first.heap() / 5);
    }
}
