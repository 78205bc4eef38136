package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.SqliteDatabases;
import io.github.cxoneassist.webhook.DeliveryListener;
import io.github.cxoneassist.webhook.DeliveryRules;
import io.github.cxoneassist.webhook.JdbcDeliveryStore;
import io.github.cxoneassist.webhook.RetrySchedule;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.github.cxoneassist.webhook.WebhookEvent;
import io.github.cxoneassist.webhook.WebhookRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers that are Camel endpoints, and refuse or block. */
class WebhookEndpointTroubleTest {

    private static final int EVENTS = 300;
    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> dead = new CopyOnWriteArrayList<>();
    private HikariDataSource database;
    private JdbcDeliveryStore store;
    private WebhookDispatcher dispatcher;

    @BeforeEach
    void startContext() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/kb-webhooks.camel.yaml"));
        context.start();
        database = SqliteDatabases.in(folder);
        store = new JdbcDeliveryStore(database, "main");
    }

    @AfterEach
    void stop() {
        release.countDown();
        if (dispatcher != null) {
            dispatcher.stop();
        }
        context.stop();
        executor.shutdownNow();
        timers.shutdownNow();
        database.close();
    }

    @Test
    void anEventThatAnEndpointRefusesIsDeadInTheEndAndAllOthersAreTaken() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        consume("direct:topic", exchange -> {
            if (id(exchange).equals("msg_main-1_1")) {
                throw new IllegalArgumentException("the record is too large");
            }
            taken.add(id(exchange));
        });

        start(EVENTS, Duration.ofSeconds(5), subscriber("topic", "direct:topic", 4));

        await().until(() -> store.cursor("topic").orElse(0) == EVENTS);
        await().untilAsserted(() -> assertThat(dead).containsExactly("topic 1 IllegalArgumentException"));
        await().until(() -> taken.size() == EVENTS - 1);
        assertThat(taken).doesNotHaveDuplicates();
    }

    @Test
    void endpointsThatBlockCostTheOthersNothing() throws Exception {
        consume("direct:blocks", exchange -> release.await());
        List<String> taken = new CopyOnWriteArrayList<>();
        consume("direct:quick", exchange -> taken.add(id(exchange)));

        start(
                EVENTS,
                Duration.ofSeconds(5),
                subscriber("a-blocks", "direct:blocks", 64),
                subscriber("b-blocks", "direct:blocks", 4),
                subscriber("c-blocks", "direct:blocks", 4),
                subscriber("quick", "direct:quick", 4));

        await().until(() -> store.cursor("quick").orElse(0) == EVENTS);
        assertThat(taken).hasSize(EVENTS);
        assertThat(store.cursor("a-blocks")).hasValue(0);
    }

    @Test
    void anEndpointThatIsSlowerThanTheTimeOutHasEachEventOnce() throws Exception {
        List<String> called = new CopyOnWriteArrayList<>();
        consume("direct:slow", exchange -> {
            called.add(id(exchange));
            new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS);
        });

        start(4, Duration.ofMillis(200), subscriber("slow", "direct:slow", 2));

        await().until(() -> store.cursor("slow").orElse(0) == 4);
        assertThat(called).containsExactlyInAnyOrder("msg_main-1_1", "msg_main-1_2", "msg_main-1_3", "msg_main-1_4");
        assertThat(dead).isEmpty();
    }

    @Test
    void callsThatWereGivenUpCountForAsLongAsTheyRun() throws Exception {
        List<String> called = new CopyOnWriteArrayList<>();
        consume("direct:blocks", exchange -> {
            called.add(id(exchange));
            release.await();
        });

        start(EVENTS, Duration.ofMillis(50), subscriber("blocks", "direct:blocks", 2));
        await().until(() -> dispatcher.statuses().stream()
                .anyMatch(status -> status.reason().equals("it is busy with all 2 calls that it may have at once")));

        assertThat(called).hasSize(2);
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader("webhook-id", String.class);
    }

    private static Subscriber subscriber(String name, String uri, int parallel) {
        return new Subscriber(
                name, new Target.Endpoint(uri), Subscriber.DECISIONS, List.of(), Map.of(), false, false, parallel);
    }

    private void consume(String uri, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).errorHandler(noErrorHandler()).process(processor);
            }
        });
    }

    private void start(int events, Duration patience, Subscriber... subscribers) {
        for (Subscriber subscriber : subscribers) {
            store.begin(subscriber.name(), 0);
        }
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void dead(Subscriber subscriber, WebhookEvent event, int tries, String failure) {
                dead.add(subscriber.name() + " " + event.seq() + " " + failure);
            }
        };
        dispatcher = new WebhookDispatcher(
                () -> List.of(subscribers),
                new WebhookRuntime(
                        new AcceptancesInTurn(events, 50),
                        event -> Optional.empty(),
                        store,
                        new WebhookRoute(context, patience),
                        new DeliveryRules(
                                new RetrySchedule(SOON, SOON, Duration.ofMillis(300), 0),
                                Duration.ofSeconds(10),
                                SOON,
                                SOON,
                                SOON,
                                SOON,
                                SOON),
                        listener,
                        Clock.systemUTC(),
                        new Random(1),
                        executor,
                        timers));
        dispatcher.start();
    }
}
