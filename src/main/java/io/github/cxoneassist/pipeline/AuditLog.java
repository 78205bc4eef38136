package io.github.cxoneassist.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.GuardedStore;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.journal.JournalLock;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.JournalStore;
import io.github.cxoneassist.journal.OperatorChain;
import io.github.cxoneassist.journal.SuggestionTexts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of one Camel context: its database, its lock, the journal in front of it, and what looks after it meanwhile
 * (checkpoints, retention, health). Thread-safe between {@link #start} and {@link #stop}.
 */
final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final String SESSION_JOURNAL = "cxoneAssistSessionJournal";

    private static final String DEFAULT_DATABASE_URL = "jdbc:sqlite:data/cxone-assist.db";

    /** Entries that wait for the disk, at most; whoever comes then is told to come again. */
    static final int CAPACITY = 10_000;

    private static final int BATCH = 1_000;
    private static final Duration ANCHOR_PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_SECONDS = 5;

    private final CamelContext camelContext;
    private final Clock clock;
    private final AuditSettings settings;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final DataSource dataSource;
    /** Of a database that we have opened; null for an application's own, whose business that is. */
    private final JournalLock lock;

    private final JournalReader reader;
    private final GroupCommitJournal journal;
    private final Journal insistently;
    private final AnchorRoute anchor;
    private final Checkpointer checkpointer;
    private final Optional<TextRetention> retention;
    private volatile boolean abandoned;

    private final Set<String> configurations = ConcurrentHashMap.newKeySet();

    /**
     * Opens it, or takes the {@link DataSource} that the application has brought.
     *
     * @param setting a setting by name, or the second argument where it is absent or blank
     * @param executor for what blocks
     * @param timer takes any number of tasks
     * @throws IllegalArgumentException if a setting is wrong, with its name
     */
    AuditLog(
            CamelContext camelContext,
            BiFunction<String, String, String> setting,
            Clock clock,
            ExecutorService executor,
            ScheduledExecutorService timer) {
        this.camelContext = camelContext;
        this.clock = clock;
        this.settings = AuditSettings.of(name -> Optional.ofNullable(setting.apply(name, null)));
        this.executor = executor;
        this.timer = timer;
        DataSource given = CamelContextHelper.lookup(camelContext, AssistRuntime.DATA_SOURCE, DataSource.class);
        DatabaseSettings database = databaseSettings(setting);
        HikariDataSource opened = given == null ? JournalDatabase.open(database) : null;
        this.lock = opened == null ? null : lockOrClose(opened, database);
        this.dataSource = opened == null ? given : opened;
        this.reader = new JdbcJournalReader(dataSource);
        this.journal = newJournal();
        this.insistently = new InsistentJournal(journal, timer);
        // the component tells every bean of this type
        camelContext.getRegistry().bind(SESSION_JOURNAL, new SessionJournal(insistently));
        // an application with a data source of its own says where its checkpoints go; files are not made unasked
        this.anchor = new AnchorRoute(
                camelContext,
                settings.anchor() != null || opened == null
                        ? settings.anchor()
                        : AuditSettings.defaultAnchor(database.url()));
        this.checkpointer = newCheckpointer();
        this.retention = settings.textDays() == 0
                ? Optional.empty()
                : Optional.of(new TextRetention(
                        camelContext, new SuggestionTexts(dataSource), insistently, clock, settings.textDays()));
    }

    private static DatabaseSettings databaseSettings(BiFunction<String, String, String> setting) {
        return new DatabaseSettings(
                setting.apply("cxone.database-url", DEFAULT_DATABASE_URL),
                setting.apply("cxone.database-user", null),
                setting.apply("cxone.database-password", null),
                setting.apply("cxone.database-migrate-user", null),
                setting.apply("cxone.database-migrate-password", null));
    }

    private JournalLock lockOrClose(HikariDataSource opened, DatabaseSettings database) {
        try {
            JournalLock taken = JournalLock.take(database, node());
            // the audit Kamelet writes through it
            camelContext.getRegistry().bind(AssistRuntime.DATA_SOURCE, DataSource.class, opened);
            return taken;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private GroupCommitJournal newJournal() {
        JournalStore store = new AuditRouteStore(camelContext, dataSource, reader);
        return new GroupCommitJournal(
                lock == null ? store : new GuardedStore(store, lock),
                node(),
                settings.chainKeys(),
                clock,
                task -> camelContext.getExecutorServiceManager().newThread("cxone-assist-journal", task),
                CAPACITY,
                BATCH);
    }

    private Checkpointer newCheckpointer() {
        CheckpointStore store = new CheckpointStore(dataSource);
        return new Checkpointer(
                camelContext,
                new CheckpointMaker(
                        reader, store, settings.chainKeys(), settings.signingKey(), clock, settings.checkpointRows()),
                store,
                List.of(node(), OperatorChain.nodeOf(node())),
                anchor,
                clock,
                settings.checkpointInterval(),
                settings.checkpointRows());
    }

    /**
     * To be called before any other method but {@link #reader}.
     *
     * @throws JournalException if the chain on disk is of a key that this process has not, or signed, and it cannot sign
     */
    void start() throws Exception {
        settings.chainKeys().refuseToBeDropped(reader, node());
        if (settings.signingKey() == null) {
            new CheckpointStore(dataSource).refuseToGoUnsigned(node());
        }
        AuditRouteStore.addDefaultRoute(camelContext);
        anchor.addDefaultRoute();
        Startup.whenFullyStarted(camelContext, checkpointer::start);
        timer.scheduleWithFixedDelay(
                () -> executor.execute(this::lookWhetherTheDatabaseAnswers),
                LOOK_AGAIN_SECONDS,
                LOOK_AGAIN_SECONDS,
                TimeUnit.SECONDS);
        journal.onCommitted(checkpointer::committed);
        camelContext.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                if (!abandoned) {
                    // the anchor is a route, and soon gone
                    checkpointer.flush(ANCHOR_PATIENCE);
                }
            }
        });
        retention.ifPresent(TextRetention::start);
        HealthCheckRegistry healthChecks = HealthCheckRegistry.get(camelContext);
        if (healthChecks != null) {
            JournalHealthCheck check = new JournalHealthCheck(journal, checkpointer);
            check.setCamelContext(camelContext);
            healthChecks.register(check);
        }
    }

    /** Writes what was appended. The timer is to be shut down by then, else what is insisted on begins again. */
    void stop() {
        retention.ifPresent(TextRetention::stop);
        journal.close();
        checkpointer.stop();
    }

    /** In place of {@link #stop} after a start that failed, maybe since this process must not write: no checkpoint is made. */
    void abandon() {
        abandoned = true;
        retention.ifPresent(TextRetention::stop);
        checkpointer.abandon();
        journal.close();
    }

    /** After {@link #stop}, and after whoever still reads. */
    void close() {
        if (lock != null) {
            ((HikariDataSource) dataSource).close();
            lock.close();
        }
    }

    private void lookWhetherTheDatabaseAnswers() {
        if (journal.trouble().isPresent()) {
            try {
                reader.head(node());
                journal.databaseAnswers();
            } catch (RuntimeException e) {
                LOG.debug("The database does not answer yet", e);
            }
        }
    }

    /** Completes when it is on disk, or could not be written, of which its source is to be told. */
    CompletionStage<JournalRow> append(JournalEntry entry) {
        return journal.append(entry);
    }

    /**
     * Appends what has happened already and cannot be refused or offered again, such as a decision of an agent: tried until
     * it is on disk, or until the log is stopped.
     */
    CompletionStage<JournalRow> appendUntilWritten(JournalEntry entry) {
        return insistently.append(entry);
    }

    /** Writes down the rules of a sink, once for each start. */
    void configured(String digest, Map<String, Object> rules) throws Exception {
        if (configurations.add(digest)) {
            // the audit route may still have to be started
            Startup.whenFullyStarted(camelContext, () -> appendUntilWritten(Entries.configured(digest, rules)));
        }
    }

    /** Calls the listener after each commit with the rows of it, on the journal's thread: it must not block. */
    void onCommitted(Consumer<List<JournalRow>> listener) {
        journal.onCommitted(listener);
    }

    /** How many entries wait for the disk. */
    int queued() {
        return journal.queued();
    }

    /** Whose chain this process writes. */
    String node() {
        return settings.node();
    }

    JournalReader reader() {
        return reader;
    }

    DataSource dataSource() {
        return dataSource;
    }

    Checkpointer checkpointer() {
        return checkpointer;
    }

    /** Empty where texts are kept. */
    Optional<TextRetention> retention() {
        return retention;
    }
}
