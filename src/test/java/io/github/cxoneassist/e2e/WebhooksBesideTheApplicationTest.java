package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Commands;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of operators on the subscribers of an application that is at work, counted by the subscriber. */
class WebhooksBesideTheApplicationTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** Much longer than it takes to tell a subscriber that is told at all. */
    private static final Duration A_WHILE = Duration.ofMillis(1_500);

    @TempDir
    static Path folder;

    private static final ManualAgent AGENT = new ManualAgent();
    private static RunningAssist assist;
    private static Path config;
    private static int decisions;

    private final List<String> decided = new ArrayList<>();
    private FickleSubscriber crm;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(folder, AGENT, Map.of("cxone.webhook.first-pause", "1s"));
        config = Files.writeString(
                folder.resolve("webhooks.properties"),
                "cxone.database-url = jdbc:sqlite:" + assist.database()
                        + "\ncxone.webhook.http-to-loopback = true\ncxone.webhook.allowed-networks = 127.0.0.0/8\n");
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @BeforeEach
    void listen() throws Exception {
        crm = new FickleSubscriber();
    }

    @AfterEach
    void forget() {
        webhooks("remove", "crm");
        crm.close();
    }

    @Test
    void whoIsAddedIsToldOfEverythingFromThenOnWithinSeconds() throws Exception {
        decide();
        add();
        List<String> after = List.of(decide(), decide());

        await().atMost(SOON).until(() -> crm.told().size() >= 2);
        assertThat(crm.suggestions()).containsExactlyInAnyOrderElementsOf(after);
    }

    @Test
    void bothSecretsSignAfterARotationAndOnlyTheNewOneInTheEnd() throws Exception {
        String before = add();
        String after = secret(webhooks("rotate", "crm"));
        await().atMost(SOON).until(() -> decideAndWait().signatures() == 2);
        assertThat(crm.last().isSignedWith(before)).isTrue();
        assertThat(crm.last().isSignedWith(after)).isTrue();

        sql("UPDATE webhook_subscriber SET old_until = '2026-01-01T00:00:00Z'");
        await().atMost(SOON).until(() -> decideAndWait().signatures() == 1);
        assertThat(crm.last().isSignedWith(before)).isFalse();
        assertThat(crm.last().isSignedWith(after)).isTrue();
        assertThat(crm.suggestions()).isEqualTo(decided);
    }

    @Test
    void whoIsDisabledIsToldNothingUntilItIsEnabledAndThenAllThatItMissed() throws Exception {
        add();
        decideAndWait();
        assertThat(webhooks("disable", "crm").exit()).isZero();
        await().atMost(SOON).until(() -> !isTold(decide()));
        decide();
        decide();
        assertThat(decided).hasSizeGreaterThanOrEqualTo(crm.told().size() + 3);

        assertThat(webhooks("enable", "crm").exit()).isZero();

        decide();
        await().atMost(SOON).until(() -> crm.told().size() >= decided.size());
        assertThat(crm.suggestions()).containsExactlyInAnyOrderElementsOf(decided);
    }

    @Test
    void whoSaysThatItIsGoneIsShownAndIsToldAllOnceItIsEnabled() throws Exception {
        add();
        crm.answersWith(410);
        String gone = decide();

        await().atMost(SOON)
                .until(() -> webhooks("list").out().contains("state      disabled, since it answered: status 410"));
        await().atMost(SOON)
                .until(() -> assist.get("/observe/health?data=true").body().contains("disabled: status 410"));
        String missed = decide();
        crm.answersWith(204);
        assertThat(webhooks("enable", "crm").exit()).isZero();

        await().atMost(SOON).until(() -> crm.told().size() >= 3);
        assertThat(crm.suggestions()).hasSize(3).startsWith(gone).contains(missed);
        assertThat(crm.suggestions().stream().filter(gone::equals)).hasSize(2);
        assertThat(crm.ids()).filteredOn(crm.ids().get(0)::equals).hasSize(2);
        assertThat(webhooks("list").out()).contains("state      enabled");
    }

    @Test
    void deadLettersAreShownAndToldAgainUnderTheirIds() throws Exception {
        dieThreeTimes();
        List<String> ids = crm.ids();
        List<String> dead =
                webhooks("dead", "--subscriber", "crm").out().lines().toList();
        assertThat(dead).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(dead.get(i))
                    .endsWith("  " + ids.get(i) + "  accepted of call-" + decided.get(i) + ", after 1 try: status 404");
        }

        Commands.Said said = replayOnTerminal();

        assertThat(said.out()).isEqualToNormalizingNewlines("crm is told 3 events again.\n");
        assertThat(said.err()).contains("Replaying [##############################] 100 % of 3 rows");
        await().atMost(SOON).until(() -> crm.told().size() == 6);
        assertThat(crm.ids().subList(3, 6)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(webhooks("dead", "--subscriber", "crm").out())
                .isEqualToNormalizingNewlines("crm has no dead letters.\n");
        assertThat(assist.auditLines())
                .containsAll(decided.stream()
                        .map(id -> "webhook_failed " + id + " given_up")
                        .toList());
    }

    @Test
    void oneDeadLetterIsToldAgainAloneByItsId() throws Exception {
        dieThreeTimes();
        List<String> ids = crm.ids();

        assertThat(webhooks("replay", "--subscriber", "crm", "--id", ids.get(1)).out())
                .isEqualToNormalizingNewlines("crm is told " + ids.get(1) + " again.\n");

        await().atMost(SOON).until(() -> crm.told().size() == 4);
        assertThat(crm.last().id()).isEqualTo(ids.get(1));
        assertThat(webhooks("dead", "--subscriber", "crm").out())
                .contains(ids.get(0), ids.get(2))
                .doesNotContain(ids.get(1));
    }

    @Test
    void whatWasToldInAPeriodIsToldAgainUnderTheSameIds() throws Exception {
        add();
        decideAndWait();
        Instant from = Instant.now();
        decideAndWait();
        decideAndWait();
        Instant to = Instant.now();
        decideAndWait();
        List<String> ids = crm.ids();
        awaitCursor();

        assertThat(webhooks("replay", "--subscriber=crm", "--from=" + from, "--to=" + to)
                        .out())
                .isEqualToNormalizingNewlines("crm is told 2 events again.\n");

        await().atMost(SOON).until(() -> crm.told().size() == 6);
        assertThat(crm.ids().subList(4, 6)).containsExactlyInAnyOrderElementsOf(ids.subList(1, 3));
    }

    @Test
    void whoIsRemovedIsToldNoMoreAndLeavesNothing() throws Exception {
        dieThreeTimes();

        assertThat(webhooks("remove", "crm").exit()).isZero();

        await().atMost(SOON).until(() -> !isTold(decide()));
        await().atMost(SOON)
                .until(() -> !assist.get("/observe/metrics").body().contains("cxone_assist_webhook_lag_events{"));
        for (String table : List.of(
                "webhook_subscriber WHERE name",
                "webhook_cursor WHERE subscriber",
                "webhook_retry WHERE subscriber",
                "webhook_dead WHERE subscriber",
                "webhook_subscriber_state WHERE subscriber")) {
            assertThat(number("SELECT COUNT(*) FROM " + table + " = 'crm'"))
                    .as(table)
                    .isZero();
        }
        assertThat(webhooks("list").out()).isEqualToNormalizingNewlines("There are no webhook subscribers.\n");
    }

    private void dieThreeTimes() throws Exception {
        add();
        crm.answersWith(404);
        decideAndWait();
        decideAndWait();
        decideAndWait();
        await().atMost(SOON).until(() -> number("SELECT COUNT(*) FROM webhook_dead") == 3);
        crm.answersWith(204);
    }

    /** @return its secret */
    private String add() {
        return secret(webhooks("add", "crm", "--url", crm.url()));
    }

    private static String secret(Commands.Said said) {
        assertThat(said.exit()).as(said.err()).isZero();
        String[] lines = said.out().split("\\R");
        return lines[lines.length - 1];
    }

    private String decide() throws Exception {
        String id = "beside-" + ++decisions;
        assertThat(assist.post(Suggestions.valid("call-" + id, id).toString()).statusCode())
                .isEqualTo(202);
        await().until(() -> assist.cxone().referee().suggestion(id).isPresent());
        AGENT.accept(id).toCompletionStage().toCompletableFuture().get();
        await().until(() -> assist.auditLines().contains("accepted " + id));
        decided.add(id);
        return id;
    }

    private FickleSubscriber.Told decideAndWait() throws Exception {
        awaitTold(decide());
        return crm.last();
    }

    private void awaitTold(String id) {
        await().atMost(SOON).until(() -> crm.suggestions().contains(id));
    }

    private boolean isTold(String id) {
        try {
            await().atMost(A_WHILE).until(() -> crm.suggestions().contains(id));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Only what the cursor has passed is told again: the rest is told anyway. */
    private static void awaitCursor() {
        await().atMost(SOON)
                .until(() -> number("SELECT COUNT(*) FROM audit_event WHERE event = 'accepted'"
                                + " AND seq > (SELECT seq FROM webhook_cursor WHERE subscriber = 'crm')")
                        == 0);
    }

    private Commands.Said replayOnTerminal() {
        return Commands.runOnTerminal("webhooks", "replay", "--subscriber", "crm", "--config", config.toString());
    }

    private static Commands.Said webhooks(String... arguments) {
        List<String> all = new ArrayList<>(List.of("webhooks"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--config", config.toString()));
        return Commands.run(all.toArray(String[]::new));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + assist.database());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + assist.database());
                Statement executed = connection.createStatement();
                ResultSet row = executed.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
