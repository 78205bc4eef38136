package io.github.cxoneassist.webhook;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.SqliteDatabases;
import io.github.cxoneassist.tls.Tls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** Deliveries as the application makes them, but in a hurry: by the sender that it has, with their state in a SQLite file. */
final class Engine implements AutoCloseable {

    static final DeliveryRules HASTY = new DeliveryRules(
            new RetrySchedule(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30), 0.2),
            Duration.ofSeconds(10),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofMillis(400),
            Duration.ofMillis(20),
            Duration.ofMillis(50));

    record Death(String subscriber, long seq, int tries, String failure) {}

    final List<Death> dead = new CopyOnWriteArrayList<>();
    final AtomicInteger delivered = new AtomicInteger();
    final AtomicInteger retried = new AtomicInteger();
    /** May be changed while it runs. */
    final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /** Of suggestions; none, unless a test has some. */
    volatile TextSource texts = TextSource.NONE;

    final ClockThatIsSetBack clock = new ClockThatIsSetBack();

    final HikariDataSource database;
    final DeliveryStore store;
    private final Senders senders = new Senders();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    private final WebhookDispatcher dispatcher;

    Engine(Path folder, EventFeed feed, DeliveryRules rules, Subscriber... subscribers) {
        this.subscribers.addAll(List.of(subscribers));
        database = SqliteDatabases.in(folder);
        store = new JdbcDeliveryStore(database, "main");
        timers.setRemoveOnCancelPolicy(true);
        // before the pump does, as in the application
        Duration giveUp = rules.timeout().dividedBy(2);
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void delivered(Subscriber subscriber) {
                delivered.incrementAndGet();
            }

            @Override
            public void retried(Subscriber subscriber) {
                retried.incrementAndGet();
            }

            @Override
            public void dead(Subscriber subscriber, WebhookEvent event, int tries, String failure) {
                dead.add(new Death(subscriber.name(), event.seq(), tries, failure));
            }
        };
        dispatcher = new WebhookDispatcher(
                () -> List.copyOf(this.subscribers),
                new WebhookRuntime(
                        feed,
                        event -> texts.text(event),
                        store,
                        senders.sender(Engine::noNames, Senders.LOOPBACK, Tls.ofJvm(), giveUp, giveUp),
                        rules,
                        listener,
                        clock,
                        new Random(1),
                        executor,
                        timers));
    }

    Engine start() {
        dispatcher.start();
        return this;
    }

    void wake() {
        dispatcher.wake();
    }

    void stop() {
        dispatcher.stop();
    }

    List<String> names() {
        return dispatcher.statuses().stream().map(SubscriberStatus::name).toList();
    }

    SubscriberStatus status(String name) {
        return dispatcher.statuses().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    /** Subscribers are at addresses here. */
    private static CompletionStage<List<InetAddress>> noNames(String host) {
        return CompletableFuture.failedFuture(new UnknownHostException(host));
    }

    @Override
    public void close() {
        dispatcher.stop();
        senders.close();
        executor.shutdownNow();
        timers.shutdownNow();
        database.close();
    }
}
