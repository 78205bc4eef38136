package io.github.cxoneassist.pipeline;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.GuardedStore;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JdbcRecoveryReader;
import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalLock;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.JournalStore;
import io.github.cxoneassist.journal.OperatorChain;
import io.github.cxoneassist.journal.SuggestionTexts;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.InteractionLedger;
import io.github.cxoneassist.ledger.MemoryLedger;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all steps of one Camel context share: the ledger, the journal with its database, the metrics, the webhooks. Made
 * when the first step asks for it, started before any route, stopped after the last.
 *
 * <p>Settings are property placeholders: {@code cxone.database-url}, {@code cxone.database-user},
 * {@code cxone.database-password}, {@code cxone.database-migrate-user}, {@code cxone.database-migrate-password},
 * {@code cxone.webhook-urls}, {@code cxone.webhook-secret}, {@code cxone.node}, {@code cxone.audit.*}. An application that brings a {@link DataSource} under the name
 * {@value #DATA_SOURCE}, a {@link Clock} or a {@link MeterRegistry} in the registry has them used instead.
 */
public final class AssistRuntime extends ServiceSupport {

    /** The registry name of the data source, which the audit Kamelet writes through. */
    public static final String DATA_SOURCE = "cxoneAssistDataSource";

    private static final String SESSION_JOURNAL = "cxoneAssistSessionJournal";

    private static final Logger LOG = LoggerFactory.getLogger(AssistRuntime.class);

    private static final String DEFAULT_DATABASE_URL = "jdbc:sqlite:data/cxone-assist.db";
    private static final int JOURNAL_CAPACITY = 10_000;
    private static final int JOURNAL_BATCH = 1_000;
    private static final Duration ANCHOR_PATIENCE = Duration.ofSeconds(5);
    private static final long EXPIRY_TICK_MILLIS = 250;
    private static final long LOOK_AGAIN_SECONDS = 5;

    private final CamelContext camelContext;
    private final Clock clock;
    private final InteractionLedger ledger;
    private final AssistMetrics metrics;
    private final ExecutorService executor;
    private final DataSource dataSource;
    private final boolean ownDataSource;
    private final JournalReader reader;
    private final AuditSettings audit;
    private final GroupCommitJournal journal;
    private final AnchorRoute anchor;
    private final Checkpointer checkpointer;
    private final Set<String> configurations = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService retries;
    private final Journal insistently;
    private final RowOrder rowOrder = new RowOrder();
    private final LatelyExpired latelyExpired = new LatelyExpired();
    private JournalLock lock;

    private final AcceptanceHistory history = new AcceptanceHistory();
    private final ProducerTemplate template;
    private final HoldLine holdLine;
    private final ReleaseLine releaseLine;
    private final Map<String, HoldRule> holdRules = new ConcurrentHashMap<>();
    private final Recovery recovery;
    private final Optional<TextRetention> retention;

    private WebhookDispatcher webhooks;

    /**
     * The runtime of a context, made and started on first use.
     *
     * @throws IllegalArgumentException if a setting is wrong, with its name
     */
    public static AssistRuntime of(CamelContext camelContext) {
        var plugins = camelContext.getCamelContextExtension();
        synchronized (plugins) {
            AssistRuntime runtime = plugins.getContextPlugin(AssistRuntime.class);
            if (runtime == null) {
                runtime = new AssistRuntime(camelContext);
                plugins.addContextPlugin(AssistRuntime.class, runtime);
                try {
                    camelContext.addService(runtime, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("cxone-assist could not start: " + e.getMessage(), e);
                }
            }
            return runtime;
        }
    }

    /** The runtime of a context, where some step has asked for it. */
    static Optional<AssistRuntime> existing(CamelContext camelContext) {
        return Optional.ofNullable(camelContext.getCamelContextExtension().getContextPlugin(AssistRuntime.class));
    }

    private AssistRuntime(CamelContext camelContext) {
        this.camelContext = camelContext;
        this.audit = AuditSettings.of(name -> Optional.ofNullable(setting(name, null)));
        this.clock = registered(Clock.class, Clock.systemUTC());
        this.ledger = new MemoryLedger(clock);
        this.metrics = new AssistMetrics(meterRegistry());
        this.executor = camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "cxone-assist",
                        new ThreadPoolProfileBuilder("cxone-assist")
                                .poolSize(8)
                                .maxPoolSize(8)
                                // an exchange waits here at most once, and the journal lets no more of them in
                                .maxQueueSize(2 * JOURNAL_CAPACITY)
                                .build());
        DataSource given = CamelContextHelper.lookup(camelContext, DATA_SOURCE, DataSource.class);
        this.ownDataSource = given == null;
        this.dataSource = ownDataSource ? openDatabase() : given;
        this.reader = new JdbcJournalReader(dataSource);
        JournalStore store = new AuditRouteStore(camelContext, dataSource, reader);
        this.journal = new GroupCommitJournal(
                lock == null ? store : new GuardedStore(store, lock),
                node(),
                audit.chainKeys(),
                clock,
                task -> camelContext.getExecutorServiceManager().newThread("cxone-assist-journal", task),
                JOURNAL_CAPACITY,
                JOURNAL_BATCH);
        anchor = new AnchorRoute(camelContext, anchorUri());
        checkpointer = newCheckpointer();
        timer = scheduler("cxone-assist-timer", 1);
        retries = scheduler("cxone-assist-retries", 2);
        insistently = new InsistentJournal(journal, timer);
        // the component tells every bean of this type
        camelContext.getRegistry().bind(SESSION_JOURNAL, new SessionJournal(insistently));
        template = camelContext.createProducerTemplate();
        holdLine = new HoldLine(template);
        retention = audit.textDays() == 0
                ? Optional.empty()
                : Optional.of(new TextRetention(
                        camelContext, new SuggestionTexts(dataSource), insistently, clock, audit.textDays()));
        releaseLine = new ReleaseLine(camelContext, template);
        recovery = new Recovery(this, new JdbcRecoveryReader(dataSource), reader);
        metrics.gauge(AssistMetrics.WAITING, "Suggestions that wait for a free slot", ledger::waiting);
        metrics.gauge(AssistMetrics.ACTIVE, "Suggestions that hold a slot now", ledger::active);
        metrics.gauge(AssistMetrics.JOURNAL_QUEUED, "Entries that wait for the disk", journal::queued);
    }

    /** Takes any number of tasks, where Camel's own would turn away what comes after a thousand: what waits there is promised. */
    private ScheduledExecutorService scheduler(String name, int threads) {
        return camelContext
                .getExecutorServiceManager()
                .newScheduledThreadPool(
                        this,
                        name,
                        new ThreadPoolProfileBuilder(name)
                                .poolSize(threads)
                                .maxQueueSize(-1)
                                .build());
    }

    private Checkpointer newCheckpointer() {
        CheckpointStore store = new CheckpointStore(dataSource);
        return new Checkpointer(
                camelContext,
                new CheckpointMaker(
                        reader, store, audit.chainKeys(), audit.signingKey(), clock, audit.checkpointRows()),
                store,
                List.of(node(), OperatorChain.nodeOf(node())),
                anchor,
                clock,
                audit.checkpointInterval(),
                audit.checkpointRows());
    }

    /** An application with a data source of its own says where its checkpoints go; files are not made unasked. */
    private String anchorUri() {
        if (audit.anchor() != null || !ownDataSource) {
            return audit.anchor();
        }
        return AuditSettings.defaultAnchor(setting("cxone.database-url", DEFAULT_DATABASE_URL));
    }

    private DataSource openDatabase() {
        DatabaseSettings settings = new DatabaseSettings(
                setting("cxone.database-url", DEFAULT_DATABASE_URL),
                setting("cxone.database-user", null),
                setting("cxone.database-password", null),
                setting("cxone.database-migrate-user", null),
                setting("cxone.database-migrate-password", null));
        HikariDataSource opened = JournalDatabase.open(settings);
        try {
            lock = JournalLock.take(settings, node());
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        camelContext.getRegistry().bind(DATA_SOURCE, DataSource.class, opened);
        return opened;
    }

    @Override
    protected void doStart() throws Exception {
        // before any route: nothing may be offered before it is known what was
        audit.chainKeys().refuseToBeDropped(reader, node());
        recovery.restore();
        AuditRouteStore.addDefaultRoute(camelContext);
        anchor.addDefaultRoute();
        Startup.whenFullyStarted(camelContext, () -> {
            camelContext.addRoutes(new HoldRoutes(
                    new HoldStrategy(ledger, this::reserve, clock),
                    new ReleaseStep(this, releaseLine),
                    new ResendSteps(this),
                    executor,
                    retries));
            recovery.resume();
            checkpointer.start();
        });
        timer.scheduleWithFixedDelay(this::expire, EXPIRY_TICK_MILLIS, EXPIRY_TICK_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                () -> executor.execute(this::lookWhetherTheDatabaseAnswers),
                LOOK_AGAIN_SECONDS,
                LOOK_AGAIN_SECONDS,
                TimeUnit.SECONDS);
        webhooks = Webhooks.dispatcher(this);
        journal.onCommitted(rows -> {
            if (rows.stream().anyMatch(AssistRuntime::isDecision)) {
                webhooks.wake();
            }
            checkpointer.committed(rows);
        });
        camelContext.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                // the anchor is a route, and soon gone
                checkpointer.flush(ANCHOR_PATIENCE);
            }
        });
        webhooks.start();
        retention.ifPresent(TextRetention::start);
        HealthCheckRegistry healthChecks = HealthCheckRegistry.get(camelContext);
        if (healthChecks != null) {
            JournalHealthCheck check = new JournalHealthCheck(journal, checkpointer);
            check.setCamelContext(camelContext);
            healthChecks.register(check);
        }
    }

    @Override
    protected void doStop() throws Exception {
        camelContext.getExecutorServiceManager().shutdownNow(timer);
        camelContext.getExecutorServiceManager().shutdownNow(retries);
        webhooks.stop();
        retention.ifPresent(TextRetention::stop);
        journal.close();
        checkpointer.stop();
        camelContext.getExecutorServiceManager().shutdownGraceful(executor);
        if (ownDataSource) {
            ((HikariDataSource) dataSource).close();
            lock.close();
        }
    }

    private static boolean isDecision(JournalRow row) {
        return row.event().equals(JournalEvent.ACCEPTED.wireName())
                || row.event().equals(JournalEvent.DISMISSED.wireName());
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

    private void expired(Ended ended) {
        metrics.expired();
        latelyExpired.add(ended);
        journalEnd(ended.key(), Entries.expired(ended)).thenRunAsync(() -> ended(ended), executor);
    }

    private void expire() {
        try {
            ledger.expire((interactionId, drop) -> rowOrder.inOrder(interactionId, () -> {
                List<Ended> expired = drop.get();
                expired.forEach(this::expired);
                return expired;
            }));
        } catch (RuntimeException e) {
            // a scheduled task that throws is never run again
            LOG.error("Ending what is past its context window failed; it is tried again", e);
        }
    }

    /**
     * Journals what has happened already and cannot be refused or offered again, such as a decision of an agent: tried
     * until it is on disk, or until the runtime stops.
     */
    CompletionStage<JournalRow> journalUntilWritten(JournalEntry entry) {
        return insistently.append(entry);
    }

    /**
     * As {@link #journalUntilWritten}, behind the row that gave it its slot or its place, and before those of whoever gets them
     * next: to be called within {@link RowOrder#inOrder}, with what ended it.
     */
    CompletionStage<JournalRow> journalEnd(SuggestionKey key, JournalEntry entry) {
        return rowOrder.end(key, () -> journalUntilWritten(entry));
    }

    /** A slot from the ledger. Whoever gets one owes a row, which stands behind those of all that freed one before. */
    Reservation reserve(SuggestionKey key, int limit) {
        String interactionId = key.interactionId();
        return rowOrder.inOrder(interactionId, () -> {
            // what is past its window has no slot any more, whether anybody came by to say so or not; an earlier one
            // with this
            // id may be among them
            ledger.lapsed(interactionId).forEach(this::expired);
            Reservation reservation = ledger.reserve(key, limit);
            // or has none since a moment ago
            List<Ended> lapsed = ledger.lapsed(interactionId);
            lapsed.stream().filter(one -> !one.key().equals(key)).forEach(this::expired);
            if (reservation.granted()) {
                rowOrder.takes(key);
            }
            lapsed.stream().filter(one -> one.key().equals(key)).forEach(this::expired);
            return reservation;
        });
    }

    /** The row of one that has its slot, handed over when it is its turn; {@code at} is set by then. */
    CompletionStage<JournalRow> writeInjected(Waiting waiting, AtomicReference<Instant> at) {
        return rowOrder.write(waiting.key(), () -> {
            at.set(clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return journal.append(Entries.injected(waiting, at.get()));
        });
    }

    /** What ran out lately and is forgotten by the ledger. To be called within {@link RowOrder#inOrder}. */
    Optional<Ended> latelyExpired(SuggestionKey key) {
        ledger.lapsed(key.interactionId()).forEach(this::expired);
        return latelyExpired.find(key);
    }

    /** All that waits or is active of the interaction is over; nothing else is remembered of it. */
    List<Ended> endInteraction(String interactionId) {
        history.forget(interactionId);
        List<Ended> ended = ledger.endInteraction(interactionId);
        ended.forEach(one -> metrics.expired());
        return ended;
    }

    /** To be called when one has ended by time or with its interaction: its place or slot is free. */
    void ended(Ended ended) {
        String interactionId = ended.key().interactionId();
        if (ended.waited() && !camelContext.isStopping()) {
            // the ledger has forgotten it, the queue still has its text: a look at the queue drops it
            holdLine.kick(interactionId);
        } else {
            slotFreed(interactionId);
        }
    }

    /** To be called when an interaction may have a free slot: the best that waits gets it. */
    void slotFreed(String interactionId) {
        // while the context stops, its routes are gone, or soon; what waits is on disk
        if (!camelContext.isStopping() && ledger.waiting(interactionId) > 0) {
            holdLine.kick(interactionId);
        }
    }

    /** Slots of its interaction that nobody holds now. */
    int freeSlots(Waiting waiting, HoldRule rule) {
        return Math.max(0, rule.slots() - ledger.active(waiting.key().interactionId()));
    }

    /** Lets a suggestion wait that is on disk as held. */
    void offer(Waiting waiting, HoldRule rule) {
        if (!camelContext.isStopping()) {
            holdLine.offer(waiting, rule);
        }
    }

    /** Sends what has a slot and is on disk as injected, until somebody answers or its window ends. */
    CompletionStage<Void> resend(Waiting waiting, Instant injectedAt) {
        return camelContext.isStopping()
                ? CompletableFuture.completedStage(null)
                : releaseLine.send(waiting, injectedAt);
    }

    /** Journals the rules of a sink, once for each start of this runtime. */
    void configured(String digest, Map<String, Object> rules) throws Exception {
        if (configurations.add(digest)) {
            // the audit route may still have to be started
            Startup.whenFullyStarted(camelContext, () -> journalUntilWritten(Entries.configured(digest, rules)));
        }
    }

    /** What the Kamelets of a session say about waiting; of several that differ, the last one counts after a restart. */
    void holdRule(String session, HoldRule rule) {
        holdRules.put(session, rule);
    }

    HoldRule holdRule(String session) {
        return holdRules.getOrDefault(session, HoldRule.DEFAULT);
    }

    /** Calls the listener after each commit with the rows of it, on the journal's thread: it must not block. */
    public void onCommitted(Consumer<List<JournalRow>> listener) {
        journal.onCommitted(listener);
    }

    Journal journal() {
        return journal;
    }

    /** Empty where texts are kept. */
    Optional<TextRetention> retention() {
        return retention;
    }

    Checkpointer checkpointer() {
        return checkpointer;
    }

    int journalQueued() {
        return journal.queued();
    }

    JournalReader reader() {
        return reader;
    }

    InteractionLedger ledger() {
        return ledger;
    }

    RowOrder rowOrder() {
        return rowOrder;
    }

    LatelyExpired latelyExpired() {
        return latelyExpired;
    }

    AssistMetrics metrics() {
        return metrics;
    }

    Clock clock() {
        return clock;
    }

    /** Whose chain this process writes. */
    String node() {
        return audit.node();
    }

    AcceptanceHistory history() {
        return history;
    }

    /** Where exchanges go on after the disk has answered. */
    ExecutorService executor() {
        return executor;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    DataSource dataSource() {
        return dataSource;
    }

    CamelContext camelContext() {
        return camelContext;
    }

    /** A setting, or the default where it is absent or blank. */
    String setting(String name, String fallback) {
        return camelContext
                .getPropertiesComponent()
                .resolveProperty(name)
                .filter(value -> !value.isBlank())
                .orElse(fallback);
    }

    /** The one that Camel's own metrics go to; without one, meters that count for nobody. */
    private MeterRegistry meterRegistry() {
        MeterRegistry camels = MicrometerUtils.getMeterRegistryFromCamelRegistry(
                camelContext.getRegistry(), MicrometerConstants.METRICS_REGISTRY_NAME);
        return camels == null ? new CompositeMeterRegistry() : camels;
    }

    private <T> T registered(Class<T> type, T fallback) {
        T found = CamelContextHelper.findSingleByType(camelContext, type);
        return found == null ? fallback : found;
    }
}
