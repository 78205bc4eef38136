package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ChainHead;
import io.github.cxoneassist.journal.CommitInDoubtException;
import io.github.cxoneassist.journal.JournalBatch;
import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.JournalStore;
import io.github.cxoneassist.journal.RowColumns;
import io.github.cxoneassist.journal.SuggestionText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the journal through a route: {@value #ENDPOINT} gets the rows of one batch as its body (a list of maps, a key a
 * column) and the texts that belong to them in the variable {@value #TEXTS_VARIABLE}.
 *
 * <p>The transaction is opened here, around the call of the route and on the thread that calls it, so whatever the route
 * writes to the same data source through camel-sql is one commit, or nothing.
 *
 * <p>What happens after the route has stopped with its context, such as the end of the session, goes straight into the
 * tables.
 */
final class AuditRouteStore implements JournalStore {

    static final String ENDPOINT = "direct:cxone-assist-audit";
    /** Not to wait for a consumer that does not come back. */
    private static final String ENDPOINT_NOW = ENDPOINT + "?block=false";

    static final String TEXTS_VARIABLE = "cxoneAssistTexts";

    private final CamelContext camelContext;
    private final ProducerTemplate template;
    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final AuditTables tables;
    private final JournalReader reader;

    AuditRouteStore(CamelContext camelContext, DataSource dataSource, JournalReader reader) {
        this.camelContext = camelContext;
        this.template = camelContext.createProducerTemplate();
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        this.jdbc = new JdbcTemplate(dataSource);
        this.tables = new AuditTables(dataSource);
        this.reader = reader;
    }

    /**
     * An application without an audit route of its own gets the one that only writes to the database.
     */
    static void addDefaultRoute(CamelContext camelContext) throws Exception {
        Startup.whenFullyStarted(camelContext, () -> {
            if (!Routes.consume(camelContext, ENDPOINT)) {
                camelContext.addRoutes(defaultRoute());
            }
        });
    }

    private static RouteBuilder defaultRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(ENDPOINT)
                        .routeId("cxone-assist-audit")
                        .errorHandler(noErrorHandler())
                        .to("kamelet:cxone-assist-audit-sink?block=false");
            }
        };
    }

    @Override
    public ChainHead head(String node) {
        return reader.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        List<Map<String, Object>> rows =
                batch.rows().stream().map(AuditRouteStore::columns).toList();
        List<Map<String, Object>> texts =
                batch.texts().stream().map(AuditRouteStore::columns).toList();
        boolean[] atCommit = {false};
        try {
            transaction.executeWithoutResult(status -> {
                call(rows, texts);
                requireWritten(batch.rows());
                atCommit[0] = true;
            });
        } catch (RuntimeException e) {
            if (!camelContext.isStopping()) {
                throw atCommit[0] ? new CommitInDoubtException(message(e), e) : failure(e);
            }
            writeStraight(rows, texts);
        }
    }

    /** The route has stopped with its context, or the Kamelet behind it has. */
    private void writeStraight(List<Map<String, Object>> rows, List<Map<String, Object>> texts) {
        try {
            transaction.executeWithoutResult(status -> tables.insert(rows, texts));
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private static JournalException failure(RuntimeException e) {
        return new JournalException(message(e), e);
    }

    private static String message(RuntimeException e) {
        return "The audit log could not be written: " + rootMessage(e);
    }

    private void call(List<Map<String, Object>> rows, List<Map<String, Object>> texts) {
        Exchange answer = template.request(camelContext.isStopping() ? ENDPOINT_NOW : ENDPOINT, exchange -> {
            exchange.getMessage().setBody(rows);
            // absent where there are none: to ask for its size would take camel-bean
            exchange.setVariable(TEXTS_VARIABLE, texts.isEmpty() ? null : texts);
        });
        if (answer.getException() != null) {
            throw new CamelExecutionException("route failed", answer, answer.getException());
        }
    }

    /** A route ends well too where its error handler swallowed the failure, or where somebody took the sink out. */
    private void requireWritten(List<JournalRow> rows) {
        Integer written = jdbc.queryForObject(
                "SELECT COUNT(*) FROM audit_event WHERE node = ? AND seq BETWEEN ? AND ?",
                Integer.class,
                rows.get(0).node(),
                rows.get(0).seq(),
                rows.get(rows.size() - 1).seq());
        if (written == null || written != rows.size()) {
            throw new JournalException("the route from " + ENDPOINT + " ended without an error, but has not written the"
                    + " rows: it needs the step kamelet:cxone-assist-audit-sink, and an error handler that lets its"
                    + " failure through");
        }
    }

    private static Map<String, Object> columns(JournalRow row) {
        // not Map.of: a null column is a null in the table
        Map<String, Object> columns = new HashMap<>();
        List<Object> values = RowColumns.values(row);
        for (int i = 0; i < values.size(); i++) {
            columns.put(RowColumns.NAMES.get(i), values.get(i));
        }
        return columns;
    }

    private static Map<String, Object> columns(SuggestionText text) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("node", text.node());
        columns.put("seq", text.seq());
        columns.put("interaction_id", text.interactionId());
        columns.put("content", text.content());
        return columns;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
