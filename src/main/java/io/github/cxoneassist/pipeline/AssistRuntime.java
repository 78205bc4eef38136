package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JdbcRecoveryReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.RestartMark;
import io.github.cxoneassist.ledger.InteractionLedger;
import io.github.cxoneassist.ledger.MemoryLedger;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * What all steps of one Camel context share: the ledger, the audit log, the metrics, the webhooks. Made when the first step
 * asks for it, started before any route, stopped after the last.
 *
 * <p>Settings are property placeholders: {@code cxone.database-url}, {@code cxone.database-user},
 * {@code cxone.database-password}, {@code cxone.database-migrate-user}, {@code cxone.database-migrate-password},
 * {@code cxone.webhook.subscribers.*}, {@code cxone.node}, {@code cxone.audit.*}. An application that
 * brings a {@link DataSource} under the name {@value #DATA_SOURCE}, a {@link Clock} or a {@link MeterRegistry} in the registry
 * has them used instead.
 */
public final class AssistRuntime extends ServiceSupport {

    /** The registry name of the data source, which the audit Kamelet writes through. */
    public static final String DATA_SOURCE = "cxoneAssistDataSource";

    private static final long EXPIRY_TICK_MILLIS = 250;

    private final CamelContext camelContext;
    private final Clock clock;
    private final InteractionLedger ledger;
    private final AcceptanceHistory history = new AcceptanceHistory();
    private final AssistMetrics metrics;
    private final ExecutorService executor;
    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService retries;
    private final AuditLog audit;
    private final RestoredQueues restoredQueues;
    private final SlotKeeper slots;
    private final ReleaseLine releaseLine;
    private final Map<String, HoldRule> holdRules = new ConcurrentHashMap<>();
    private final Recovery recovery;

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
        clock = registered(Clock.class, Clock.systemUTC());
        ledger = new MemoryLedger(clock);
        metrics = new AssistMetrics(meterRegistry());
        executor = camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "cxone-assist",
                        new ThreadPoolProfileBuilder("cxone-assist")
                                .poolSize(8)
                                .maxPoolSize(8)
                                // an exchange waits here at most once, and the audit log lets no more of them in
                                .maxQueueSize(2 * AuditLog.CAPACITY)
                                .build());
        timer = scheduler("cxone-assist-timer", 1);
        retries = scheduler("cxone-assist-retries", 2);
        audit = new AuditLog(camelContext, this::setting, clock, executor, timer);
        restoredQueues = new RestoredQueues(this::holdRule);
        HoldLine holdLine = new HoldLine(camelContext.createProducerTemplate(), restoredQueues);
        slots = new SlotKeeper(camelContext, clock, ledger, history, audit, metrics, holdLine, executor);
        releaseLine = new ReleaseLine(camelContext, camelContext.createProducerTemplate());
        recovery = new Recovery(
                this,
                new JdbcRecoveryReader(audit.dataSource()),
                audit.reader(),
                new RestartMark(audit.dataSource()),
                restoredQueues);
        metrics.gauge(AssistMetrics.WAITING, "Suggestions that wait for a free slot", ledger::waiting);
        metrics.gauge(AssistMetrics.ACTIVE, "Suggestions that hold a slot now", ledger::active);
        metrics.gauge(AssistMetrics.JOURNAL_QUEUED, "Entries that wait for the disk", audit::queued);
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

    /** Camel takes a service that could not start for stopped: what it has opened would stay so as long as the process lives. */
    @Override
    protected void doStart() throws Exception {
        try {
            begin();
        } catch (Exception | Error e) {
            abandon();
            throw e;
        }
    }

    private void begin() throws Exception {
        // before any route: nothing may be offered before it is known what was
        audit.start();
        recovery.restore();
        Startup.whenFullyStarted(camelContext, () -> {
            camelContext.addRoutes(new HoldRoutes(
                    new HoldStrategy(ledger, slots::reserve, restoredQueues, clock),
                    new ReleaseStep(this, releaseLine),
                    new ResendSteps(this),
                    executor,
                    retries));
            // not before: an end wakes the hold queue
            timer.scheduleWithFixedDelay(slots::expire, EXPIRY_TICK_MILLIS, EXPIRY_TICK_MILLIS, TimeUnit.MILLISECONDS);
            recovery.resume();
        });
        webhooks = Webhooks.dispatcher(this);
        audit.onCommitted(rows -> {
            if (rows.stream().anyMatch(row -> webhooks.wants(row.event()))) {
                webhooks.wake();
            }
        });
        webhooks.start();
    }

    @Override
    protected void doStop() {
        // first, since it waits for answers, and writes what they were
        webhooks.stop();
        camelContext.getExecutorServiceManager().shutdownNow(timer);
        camelContext.getExecutorServiceManager().shutdownNow(retries);
        audit.stop();
        camelContext.getExecutorServiceManager().shutdownGraceful(executor);
        audit.close();
    }

    private void abandon() {
        if (webhooks != null) {
            webhooks.stop();
        }
        camelContext.getExecutorServiceManager().shutdownNow(timer);
        camelContext.getExecutorServiceManager().shutdownNow(retries);
        audit.abandon();
        camelContext.getExecutorServiceManager().shutdownNow(executor);
        audit.close();
    }

    /** Sends what has a slot and is on disk as injected, until somebody answers or its window ends. */
    CompletionStage<Void> resend(Waiting waiting, Instant injectedAt) {
        return camelContext.isStopping()
                ? CompletableFuture.completedStage(null)
                : releaseLine.send(waiting, injectedAt);
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
        audit.onCommitted(listener);
    }

    AuditLog audit() {
        return audit;
    }

    SlotKeeper slots() {
        return slots;
    }

    InteractionLedger ledger() {
        return ledger;
    }

    AssistMetrics metrics() {
        return metrics;
    }

    Clock clock() {
        return clock;
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
