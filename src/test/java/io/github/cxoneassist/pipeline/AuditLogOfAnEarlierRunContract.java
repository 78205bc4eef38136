package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.Finding;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.JdbcAuditSource;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JdbcStore;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.PublicKeys;
import io.github.cxoneassist.journal.SigningKey;
import io.github.cxoneassist.journal.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start on a log that an earlier process wrote, ten days ago, and left from one moment to the next. */
abstract class AuditLogOfAnEarlierRunContract {

    private static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();
    private static final Path CHAIN_KEYS = VECTORS.resolve("test-chain-keys.txt");

    @TempDir
    Path folder;

    private TestDatabase testDatabase;
    private AuditDatabase audit;
    private CamelContext context;
    private Path anchors;

    abstract TestDatabase newDatabase();

    /** Where the checkpoints go, having been set where it is not the default. */
    abstract Path anchors();

    @BeforeEach
    void prepare() {
        testDatabase = newDatabase();
        DatabaseSettings settings = testDatabase.settings();
        audit = new AuditDatabase(settings);
        context = new DefaultCamelContext();
        set("cxone.database-url", settings.url());
        if (settings.user() != null) {
            set("cxone.database-user", settings.user());
            set("cxone.database-password", settings.password());
        }
        anchors = anchors();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        testDatabase.close();
    }

    @Test
    void rowsWithoutACheckpointAreCoveredAndAnchored() throws Exception {
        write("main", ChainKeys.NONE, 10);
        set("cxone.audit.checkpoint-rows", "4");

        start();

        await().untilAsserted(() -> assertThat(Files.readAllLines(anchors)).hasSize(3));
        assertThat(audit.query("SELECT first_seq || '-' || seq FROM audit_checkpoint ORDER BY seq"))
                .containsExactly("1-4", "5-8", "9-10");
    }

    @Test
    void theLastCheckpointThatACrashLeftIsAnchoredThoughTheDatabaseSaysThatAllAre() throws Exception {
        write("main", ChainKeys.NONE, 10);
        try (HikariDataSource database = JournalDatabase.open(testDatabase.settings())) {
            CheckpointStore checkpoints = new CheckpointStore(database);
            new CheckpointMaker(
                            new JdbcJournalReader(database), checkpoints, ChainKeys.NONE, null, Clock.systemUTC(), 4)
                    .make("main");
            checkpoints.after("main", 0).forEach(checkpoint -> checkpoints.anchored(checkpoint, "x"));
        }

        start();

        await().untilAsserted(() -> assertThat(Files.readAllLines(anchors))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .contains("\"seq\":10,"));
    }

    @Test
    void aStartWithoutTheKeyOfTheLogIsRefused() {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("the audit log is keyed, and cxone.audit.chain-key-file is not set");
    }

    @Test
    void aStartThatWasRefusedLeavesTheLogToTheNextAndMakesNoCheckpoint() throws Exception {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);
        assertThatThrownBy(this::start).hasStackTraceContaining("the audit log is keyed");
        assertThat(audit.query("SELECT COUNT(*) FROM audit_checkpoint")).containsExactly("0");

        // the first one still lives
        try (CamelContext next = new DefaultCamelContext()) {
            next.getPropertiesComponent()
                    .setInitialProperties(context.getPropertiesComponent().loadProperties(name -> true));
            next.getPropertiesComponent().addInitialProperty("cxone.audit.chain-key-file", CHAIN_KEYS.toString());
            assertThat(AssistRuntime.of(next).audit().reader().head("main").seq())
                    .isEqualTo(3);
        }
    }

    @Test
    void aStartWithAnotherKeyThanThatOfTheLogIsRefused() throws Exception {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);
        set("cxone.audit.chain-key-file", newChainKey().toString());

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("the last row of node main in the audit log has a hash of the key "
                        + ChainKeys.read(CHAIN_KEYS).writing().orElseThrow().id()
                        + ", which is not in the file of cxone.audit.chain-key-file: put it back");
    }

    @Test
    void aStartWithANewKeyInFrontOfThatOfTheLogGoesOn() throws Exception {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);
        Path file = newChainKey();
        Files.writeString(file, Files.readString(file) + Files.readString(CHAIN_KEYS));
        set("cxone.audit.chain-key-file", file.toString());

        start();

        assertThat(AssistRuntime.of(context).audit().reader().head("main").seq())
                .isEqualTo(3);
    }

    @Test
    void aLostKeyIsNoEndUnderAnotherNode() throws Exception {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);
        set("cxone.audit.chain-key-file", newChainKey().toString());
        set("cxone.node", "main-2");

        start();

        assertThat(AssistRuntime.of(context).audit().node()).isEqualTo("main-2");
    }

    @Test
    void aStartWithoutTheSigningKeyOfASignedLogIsRefused() {
        sign();

        assertThatThrownBy(this::start)
                .hasStackTraceContaining("the checkpoints of node main in the audit log are signed, and"
                        + " cxone.audit.signing-key-file is not set: set it to the file with the key.");
    }

    @Test
    void aSignedLogGoesOnUnsignedUnderAnotherNode() {
        sign();
        set("cxone.node", "main-2");

        start();

        assertThat(AssistRuntime.of(context).audit().node()).isEqualTo("main-2");
    }

    private void sign() {
        write("main", ChainKeys.NONE, 3);
        try (HikariDataSource database = JournalDatabase.open(testDatabase.settings())) {
            new CheckpointMaker(
                            new JdbcJournalReader(database),
                            new CheckpointStore(database),
                            ChainKeys.NONE,
                            SigningKey.read(VECTORS.resolve("test-signing-key.pem")),
                            Clock.systemUTC(),
                            4)
                    .make("main");
        }
    }

    private Path newChainKey() throws IOException {
        return Files.writeString(folder.resolve("keys"), "ab".repeat(32) + "\n");
    }

    @Test
    void aStartWithTheKeyGoesOn() {
        write("main", ChainKeys.read(CHAIN_KEYS), 3);
        set("cxone.audit.chain-key-file", CHAIN_KEYS.toString());

        start();

        assertThat(AssistRuntime.of(context).audit().reader().head("main").seq())
                .isEqualTo(3);
    }

    @Test
    void textsThatAreOldEnoughRunOutAndThatIsOnRecord() {
        write("main", ChainKeys.NONE, 10);
        set("cxone.audit.text-days", "9");

        start();

        await().untilAsserted(() ->
                assertThat(audit.query("SELECT COUNT(*) FROM suggestion_text")).containsExactly("0"));
        assertThat(audit.query("SELECT node || ' ' || event || ' ' || reason || ' ' || details"
                        + " FROM audit_event WHERE event = 'erased'"))
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("main erased retention ")
                .endsWith(",\"textDays\":9,\"texts\":10}");
        assertThat(findings()).isEmpty();
    }

    @Test
    void youngerTextsStay() throws Exception {
        write("main", ChainKeys.NONE, 10);
        set("cxone.audit.text-days", "11");

        start();

        assertThat(AssistRuntime.of(context).audit().retention().orElseThrow().run())
                .isZero();
        assertThat(audit.query("SELECT COUNT(*) FROM suggestion_text")).containsExactly("10");
        assertThat(audit.query("SELECT COUNT(*) FROM audit_event WHERE event = 'erased'"))
                .containsExactly("0");
    }

    @Test
    void withoutTheSettingNothingRunsOut() {
        write("main", ChainKeys.NONE, 1);

        start();

        assertThat(AssistRuntime.of(context).audit().retention()).isEmpty();
    }

    @Test
    void theChainHasTheNameOfTheSetting() throws Exception {
        set("cxone.node", "east-1");

        start();
        AssistRuntime.of(context)
                .audit()
                .append(JournalEntry.of(JournalEvent.CONFIGURED))
                .toCompletableFuture()
                .get();

        assertThat(audit.query("SELECT DISTINCT node FROM audit_event")).containsExactly("east-1");
    }

    private void start() {
        AssistRuntime.of(context);
        context.start();
    }

    final void set(String name, String value) {
        context.getPropertiesComponent().addInitialProperty(name, value);
    }

    private List<Finding> findings() {
        try (HikariDataSource database = JournalDatabase.openToRead(testDatabase.settings())) {
            return new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                    .verify(new JdbcAuditSource(database))
                    .findings();
        }
    }

    private void write(String node, ChainKeys keys, int rows) {
        Clock tenDaysAgo = Clock.fixed(Instant.now().minus(Duration.ofDays(10)), ZoneOffset.UTC);
        try (HikariDataSource database = JournalDatabase.open(testDatabase.settings());
                GroupCommitJournal journal =
                        new GroupCommitJournal(new JdbcStore(database), node, keys, tenDaysAgo, Thread::new, 100, 10)) {
            for (int i = 0; i < rows; i++) {
                journal.append(JournalEntry.of(JournalEvent.INJECTED, "call-1", "s-" + i)
                        .withText("Text of s-" + i));
            }
        }
    }
}
