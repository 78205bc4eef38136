package io.github.cxoneassist.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.journal.ChainVerifier;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.Verification;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.Referee;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.SocketRecord;
import io.github.cxoneassist.sandbox.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application is killed with SIGKILL at random moments under load and started again on the same database, while CXone, the
 * agents and the sources live on. The long form is {@code mvn test -Dtest='Crash*IT' -Dcrash.kills=50}; with
 * {@code -Dcrash.seed} a run is begun as another one was, though threads and disks never do the same twice.
 */
abstract class CrashContract {

    static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime());

    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(4);
    /** In the long form, most survive a restart; in the short one, nobody waits for the last of them. */
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(KILLS > 5 ? 30 : 15);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int LONGEST_LIFE_MILLIS = 2_500;
    /** So many promises a life gives before its end may come, unless it comes while it starts. */
    private static final int WARM = 20;

    private static final Set<String> ANSWERS = Set.of("ack_received", "accepted", "dismissed");
    private static final Set<String> ENDINGS = Set.of("accepted", "dismissed", "expired", "superseded");

    @TempDir
    Path folder;

    final Random random = new Random(SEED);
    private final SandboxConfig config = SandboxConfig.builder()
            .suggestionLimit(Integer.MAX_VALUE)
            // a busy machine may stop either process for a while; the sender's own clock is held to the window
            .transit(Duration.ofSeconds(5))
            .build();

    /** What was on disk, and how many connections there had been, when a life of the process was over. */
    private record Death(long lastRow, int lastSocket) {}

    private final List<Death> deaths = new ArrayList<>();
    private final List<AuditRow> rows = new ArrayList<>();
    private AuditTable audit;
    private WriteAheadWitness witness;
    private SandboxCxone cxone;

    /** The audit log, seen from outside. */
    abstract AuditTable audit();

    /** The settings that say where it is. */
    abstract Map<String, String> databaseSettings();

    /** One of {@link #KILLS}: at a random moment, of whatever can be killed; returns when all is at work again. */
    void killSomewhen(AssistProcess assist, InsistentSource source) throws Exception {
        pass(random.nextInt(LONGEST_LIFE_MILLIS));
        bury(assist, () -> {});
        comeBack(assist, source);
    }

    /** What a supervisor does now and then. */
    void lookAfter(AssistProcess assist) throws Exception {
        assist.mustBeAlive();
    }

    @Test
    void whateverTheMomentOfAKillNothingIsLostSentUnjournaledOrTooMuch() throws Exception {
        System.out.println(getClass().getSimpleName() + ": -Dcrash.kills=" + KILLS + " -Dcrash.seed=" + SEED);
        audit = audit();
        witness = new WriteAheadWitness(audit, new HastyAgent(new Random(SEED)));
        try (SandboxCxone sandbox = new SandboxCxone(config, witness).start();
                AssistProcess assist = new AssistProcess(folder, sandbox, config, databaseSettings());
                InsistentSource source = new InsistentSource(assist.url(), SEED, SHORTEST_WINDOW, LONGEST_WINDOW)) {
            cxone = sandbox;
            assist.start();
            source.start();
            awaitWorkOf(assist, source.answers());
            for (int i = 0; i < KILLS; i++) {
                killSomewhen(assist, source);
            }
            source.stop();
            await().atMost(PATIENCE).until(source::isDone);
            awaitTheEndOfAll(assist, source);
            judge(assist, source.answers());
        }
    }

    /** In one of four cases the next kill may come while it starts, when recovery is at work; else after it went to work. */
    final void comeBack(AssistProcess assist, InsistentSource source) throws Exception {
        assist.start();
        if (random.nextInt(4) == 0) {
            pass(random.nextInt(LONGEST_LIFE_MILLIS));
        } else {
            awaitWorkOf(assist, source.answers());
        }
    }

    /** @param thenTheDatabase what has to be done before it can be read */
    final void bury(AssistProcess assist, Runnable thenTheDatabase) throws Exception {
        lookAfter(assist);
        assist.kill();
        Referee referee = cxone.referee();
        // all that had left the process has been read when its connection is seen to end
        await().atMost(PATIENCE).until(() -> referee.openSockets() == 0);
        witness.looksAway();
        thenTheDatabase.run();
        if (readOn().isEmpty() && rows.isEmpty()) {
            return;
        }
        deaths.add(new Death(
                rows.get(rows.size() - 1).seq(),
                referee.sockets().stream().mapToInt(SocketRecord::number).max().orElse(0)));
        assertThat(suggestions("injected")).containsAll(received());
    }

    final void awaitWorkOf(AssistProcess assist, Map<String, String> answers) {
        long before = promises(answers);
        await().atMost(PATIENCE).until(() -> {
            lookAfter(assist);
            return promises(answers) > before + WARM;
        });
    }

    private static long promises(Map<String, String> answers) {
        return answers.values().stream().filter(CrashContract::isPromise).count();
    }

    private void awaitTheEndOfAll(AssistProcess assist, InsistentSource source) {
        await().atMost(LONGEST_WINDOW.plus(PATIENCE)).until(() -> Instant.now().isAfter(source.lastEnd()));
        // the ledger looks four times a second, and a row waits for the disk
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                lookAfter(assist);
                readOn();
                Set<String> ended = suggestions(ENDINGS.toArray(String[]::new));
                return ended.containsAll(suggestions("held", "injected"));
            });
        } catch (ConditionTimeoutException e) {
            // judged with all the rest
        }
    }

    private void judge(AssistProcess assist, Map<String, String> answers) throws Exception {
        report(answers);
        SoftAssertions all = new SoftAssertions();
        Map<String, List<AuditRow>> history =
                rows.stream().filter(row -> row.suggestionId() != null).collect(groupingBy(AuditRow::suggestionId));

        all.assertThat(witness.unjournaled())
                .as("shown, but not on disk as injected")
                .isEmpty();
        all.assertThat(witness.unsure().stream()
                        .filter(unsure -> !wasInjectedBefore(unsure, history))
                        .toList())
                .as("shown while the database was away, and not on disk as injected before")
                .isEmpty();
        all.assertThat(cxone.referee().maxActive()).as("most active at once").isLessThanOrEqualTo(5);
        all.assertThat(cxone.referee().violations().stream()
                        .filter(one -> one.kind() != Violation.Kind.SENT_AGAIN_AFTER_ANSWER))
                .as("breaches of the contract")
                .isEmpty();
        all.assertThat(sentAgainWithoutNeed(history))
                .as("sent again, though an answer was on disk when the process died")
                .isEmpty();
        answers.forEach((id, answer) -> {
            if (isPromise(answer)) {
                judge(all, id, answer, lastOffer(history.getOrDefault(id, List.of())));
            }
        });
        all.assertThat(ChainVerifier.verify(new JdbcJournalReader(audit.database()).rows("main")))
                .as("chain")
                .isInstanceOf(Verification.Intact.class);
        all.assertThat(assist.said()).as("what it said").noneMatch(line -> line.contains(" ERROR "));
        all.assertAll();
    }

    private static boolean wasInjectedBefore(WriteAheadWitness.Unsure unsure, Map<String, List<AuditRow>> history) {
        return history.getOrDefault(unsure.suggestionId(), List.of()).stream()
                .anyMatch(row -> row.event().equals("injected")
                        && !Instant.parse(row.at()).isAfter(unsure.shown()));
    }

    private static boolean isPromise(String answer) {
        return Set.of("sent", "held", "duplicate").contains(answer);
    }

    /** What was superseded before its source heard that it is held may be offered again, and begins anew. */
    private static List<AuditRow> lastOffer(List<AuditRow> history) {
        int from = 0;
        boolean superseded = false;
        for (int i = 0; i < history.size(); i++) {
            String event = history.get(i).event();
            if (superseded && Set.of("held", "injected").contains(event)) {
                from = i;
                superseded = false;
            }
            superseded |= event.equals("superseded");
        }
        return history.subList(from, history.size());
    }

    /** It is on disk, it ended once, and where it never came to CXone, for a reason that is no agent's. */
    private void judge(SoftAssertions all, String id, String answer, List<AuditRow> history) {
        List<String> events = history.stream().map(CrashContract::line).toList();
        List<AuditRow> endings = endings(history);
        all.assertThat(events).as(id + " (" + answer + ")").containsAnyOf("held", "injected");
        all.assertThat(endings)
                .as("endings of " + id + " (" + answer + "): " + events)
                .hasSize(1);
        if (endings.isEmpty()) {
            return;
        }
        all.assertThat(history.stream()
                        .filter(row -> row.seq() > endings.get(0).seq())
                        .map(AuditRow::event))
                .as("after the end of " + id + ": " + events)
                .doesNotContain("held", "injected");
        if (!received().contains(id)) {
            all.assertThat(endings.get(0).event())
                    .as("why " + id + " (" + answer + ") never came: " + events)
                    .isIn("expired", "superseded");
        }
    }

    /** Only the process itself can have known of an answer: that one on disk, at the end of an earlier life. */
    private List<String> sentAgainWithoutNeed(Map<String, List<AuditRow>> history) {
        List<String> needless = new ArrayList<>();
        Set<String> before = new HashSet<>();
        for (WriteAheadWitness.Seen seen : witness.seen()) {
            if (before.add(seen.suggestionId())) {
                continue;
            }
            long known = deaths.stream()
                    .filter(death -> death.lastSocket() < seen.connection())
                    .mapToLong(Death::lastRow)
                    .max()
                    .orElse(0);
            boolean answered = history.getOrDefault(seen.suggestionId(), List.of()).stream()
                    .anyMatch(row -> row.seq() <= known && ANSWERS.contains(row.event()));
            if (answered) {
                needless.add(seen + " "
                        + history.get(seen.suggestionId()).stream()
                                .map(CrashContract::line)
                                .toList());
            }
        }
        return needless;
    }

    List<AuditRow> endings(List<AuditRow> history) {
        return history.stream().filter(row -> ENDINGS.contains(row.event())).toList();
    }

    private void report(Map<String, String> answers) {
        Map<String, Long> told =
                new TreeMap<>(answers.values().stream().collect(groupingBy(answer -> answer, counting())));
        Map<String, Long> written = new TreeMap<>(rows.stream().collect(groupingBy(CrashContract::line, counting())));
        System.out.println(getClass().getSimpleName() + ": sources were told " + told);
        System.out.println(getClass().getSimpleName() + ": on disk " + written);
        System.out.println(getClass().getSimpleName() + ": CXone was sent "
                + witness.seen().size() + " frames of "
                + received().size() + " suggestions; "
                + cxone.referee().summary().violationsByKind());
    }

    private static String line(AuditRow row) {
        return row.event() + (row.reason() == null ? "" : " " + row.reason());
    }

    private List<AuditRow> readOn() throws Exception {
        List<AuditRow> more =
                audit.after(rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seq());
        rows.addAll(more);
        return more;
    }

    private Set<String> suggestions(String... events) {
        Set<String> wanted = Set.of(events);
        return rows.stream()
                .filter(row -> wanted.contains(row.event()))
                .map(AuditRow::suggestionId)
                .collect(toSet());
    }

    private Set<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .collect(toSet());
    }

    static void pass(int millis) throws InterruptedException {
        // a moment that nothing but the dice chose: there is nothing to wait for
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
