package io.github.cxoneassist.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application is killed with SIGKILL at random moments while agents decide, and three subscribers live on: one quick, one
 * slow, one that is dead until the last life. The long form is {@code mvn test -Dtest=WebhookCrashIT -Dcrash.kills=50}.
 */
class WebhookCrashIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_LIFE_MILLIS = 2_000;
    /** So many decisions a life brings the quick subscriber before its end may come. */
    private static final int WARM = 5;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void everySubscriberGetsEveryDecisionInTheOrderOfItsInteraction() throws Exception {
        System.out.println("WebhookCrashIT: -Dcrash.kills=" + KILLS + " -Dcrash.seed=" + SEED);
        AuditTable audit = AuditTable.in(folder.resolve("assist.db"));
        SandboxConfig config = SandboxConfig.builder()
                .suggestionLimit(Integer.MAX_VALUE)
                .transit(Duration.ofSeconds(5))
                .build();
        try (CountingSubscriber quick = new CountingSubscriber(0);
                CountingSubscriber slow = new CountingSubscriber(40);
                CountingSubscriber dead = new CountingSubscriber(0);
                SandboxCxone cxone = new SandboxCxone(config, new HastyAgent(new Random(SEED))).start();
                AssistProcess assist =
                        new AssistProcess(folder, cxone, config, settings(quick.url(), slow.url(), dead.url()));
                InsistentSource source =
                        new InsistentSource(assist.url(), SEED, Duration.ofSeconds(4), Duration.ofSeconds(15))) {
            dead.close();
            assist.start();
            source.start();
            for (int i = 0; i < KILLS; i++) {
                int before = quick.taken().size();
                await().atMost(PATIENCE).until(() -> {
                    assist.mustBeAlive();
                    return quick.taken().size() > before + WARM;
                });
                CrashContract.pass(random.nextInt(LONGEST_LIFE_MILLIS));
                assist.kill();
                if (i == KILLS - 1) {
                    dead.open();
                }
                assist.start();
            }
            int last = quick.taken().size();
            await().atMost(PATIENCE).until(() -> quick.taken().size() > last + WARM);
            source.stop();
            await().atMost(PATIENCE).until(source::isDone);

            Map<String, CountingSubscriber> subscribers = new LinkedHashMap<>();
            subscribers.put("quick", quick);
            subscribers.put("slow", slow);
            subscribers.put("dead until the last life", dead);
            await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
                assist.mustBeAlive();
                Set<Long> all = decisions(audit).keySet();
                subscribers.forEach((name, subscriber) -> {
                    Set<Long> missing = new TreeSet<>(all);
                    seqs(subscriber).forEach(missing::remove);
                    assertThat(missing).as("not told to " + name).isEmpty();
                });
            });
            judge(subscribers, audit, assist);
        }
    }

    private Map<String, String> settings(String... urls) {
        Map<String, String> settings = WebhookServer.settings(urls);
        settings.put("cxone.webhook.http-to-loopback", "true");
        settings.put("cxone.webhook.allowed-networks", "127.0.0.0/8");
        settings.put("cxone.database-url", "jdbc:sqlite:" + folder.resolve("assist.db"));
        return settings;
    }

    private static void judge(Map<String, CountingSubscriber> subscribers, AuditTable audit, AssistProcess assist)
            throws Exception {
        Map<String, List<CountingSubscriber.Taken>> told = new LinkedHashMap<>();
        subscribers.forEach((name, subscriber) -> told.put(name, subscriber.taken()));
        // after what they were told: the last agents may still decide
        Map<Long, AuditRow> decisions = decisions(audit);
        SoftAssertions all = new SoftAssertions();
        told.forEach((name, taken) -> {
            System.out.println("WebhookCrashIT: " + name + " took " + taken.size() + " for " + decisions.size());
            taken.forEach(one -> all.assertThat(one)
                    .as("what " + name + " was told of " + one.seq())
                    .satisfies(it -> {
                        AuditRow row = decisions.get(it.seq());
                        assertThat(row).isNotNull();
                        assertThat(it.interactionId()).isEqualTo(row.interactionId());
                        assertThat(it.suggestionId()).isEqualTo(row.suggestionId());
                        assertThat(it.outcome()).isEqualTo(row.event());
                    }));
            all.assertThat(taken.stream()
                            .collect(groupingBy(CountingSubscriber.Taken::seq))
                            .values())
                    .as("ids of repeats to " + name)
                    .allSatisfy(repeats -> assertThat(repeats)
                            .extracting(CountingSubscriber.Taken::id)
                            .containsOnly(repeats.get(0).id()));
            taken.stream()
                    .collect(groupingBy(
                            CountingSubscriber.Taken::interactionId, mapping(CountingSubscriber.Taken::seq, toList())))
                    .forEach((interaction, seqs) -> all.assertThat(firsts(seqs))
                            .as("order of " + interaction + " to " + name)
                            .isSorted());
        });
        all.assertThat(assist.said()).as("what it said").noneMatch(line -> line.contains(" ERROR "));
        all.assertAll();
    }

    /** Without repeats of what was told before. */
    private static List<Long> firsts(List<Long> seqs) {
        return new ArrayList<>(new LinkedHashSet<>(seqs));
    }

    private static List<Long> seqs(CountingSubscriber subscriber) {
        return subscriber.taken().stream().map(CountingSubscriber.Taken::seq).toList();
    }

    private static Map<Long, AuditRow> decisions(AuditTable audit) throws Exception {
        return audit.after(0).stream()
                .filter(row -> Set.of("accepted", "dismissed").contains(row.event()))
                .collect(toMap(AuditRow::seq, row -> row));
    }
}
