package io.github.cxoneassist.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.component.CxoneAssistConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What the books say: an {@code idempotentConsumer} on a {@code JdbcMessageIdRepository}, one {@code sql:} insert an event, the
 * same session. No cap, no hash chain, no order between log and wire but that of the route.
 */
final class PlainCamel extends CountingContender {

    /** More would only wait for each other: SQLite has one writer. */
    private static final int THREADS = 8;

    private static final String INSERT = "sql:INSERT INTO event (at, what, interaction_id, suggestion_id, body)"
            + " VALUES (CURRENT_TIMESTAMP, :#what, :#${header.%s}, :#${header.%s}, :#${body})?dataSource=#log";

    private final CamelContext context = new DefaultCamelContext();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HikariDataSource database;
    private final ProducerTemplate template;

    PlainCamel(Surroundings given) throws Exception {
        database = database(given);
        context.getRegistry().bind("log", database);
        context.addComponent("cxone-assist", component(given));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(noErrorHandler())
                        .idempotentConsumer(header("id"), new JdbcMessageIdRepository(database, "bench"))
                        .setHeader("what", constant("injected"))
                        .to(INSERT.formatted("interaction", "id"))
                        .to("cxone-assist:bench");
                from("cxone-assist:bench")
                        .setHeader("what", header("CamelCxoneAssistType"))
                        .to(INSERT.formatted("CamelCxoneAssistInteractionId", "CamelCxoneAssistSuggestionId"))
                        .filter(header("what").isEqualTo("agentassist.accepted"))
                        .process(exchange -> accept());
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    private static CxoneAssistComponent component(Surroundings given) {
        CxoneAssistConfiguration configuration = new CxoneAssistConfiguration();
        configuration.setTokenUrl(given.tokenUrl());
        configuration.setWebSocketUrl(given.webSocketUrl());
        configuration.setClientId(given.clientId());
        configuration.setClientSecret(given.clientSecret());
        CxoneAssistComponent component = new CxoneAssistComponent();
        component.setConfiguration(configuration);
        return component;
    }

    /** As durable as ours. One connection: the repository reads before it writes, which two at a time would fail at. */
    private static HikariDataSource database(Surroundings given) throws SQLException {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        SQLiteDataSource source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + given.database());
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(1);
        HikariDataSource pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE event (at TEXT, what TEXT, interaction_id TEXT, suggestion_id TEXT, body TEXT)");
        }
        return pool;
    }

    @Override
    public void offer(Offer offer, Runnable done) {
        threads.execute(() -> {
            Exchange answer = template.send("direct:in", exchange -> {
                exchange.getMessage().setBody(offer.json());
                exchange.getMessage().setHeader("id", offer.id());
                exchange.getMessage().setHeader("interaction", offer.interactionId());
            });
            if (answer.isFailed()) {
                fail();
                answer.getException().printStackTrace();
            }
            done.run();
        });
    }

    @Override
    public void close() throws Exception {
        threads.shutdown();
        context.close();
        database.close();
    }
}
