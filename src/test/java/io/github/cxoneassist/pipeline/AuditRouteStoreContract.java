package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.ChainHead;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JournalBatch;
import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.JournalStore;
import io.github.cxoneassist.journal.JournalStoreContract;
import io.github.cxoneassist.journal.SqliteDatabases;
import io.github.cxoneassist.journal.SuggestionText;
import io.github.cxoneassist.journal.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The journal through {@code routes/audit.camel.yaml}, and through what others may make of that route. */
abstract class AuditRouteStoreContract extends JournalStoreContract {

    private static final String AUDIT_SINK = "kamelet:cxone-assist-audit-sink";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private TestDatabase testDatabase;
    private HikariDataSource database;
    private AuditRouteStore store;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() throws Exception {
        testDatabase = newDatabase();
        database = testDatabase.open();
        context.getRegistry().bind(AssistRuntime.DATA_SOURCE, database);
        store = new AuditRouteStore(context, database, reader());
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:routes/audit.camel.yaml"));
        context.start();
    }

    @AfterEach
    void close() throws Exception {
        context.close();
        database.close();
        testDatabase.close();
    }

    @Override
    protected JournalStore store() {
        return store;
    }

    @Override
    protected JournalReader reader() {
        return new JdbcJournalReader(database);
    }

    @Override
    protected List<SuggestionText> texts(String node) {
        return SqliteDatabases.texts(database, node);
    }

    @Test
    void aStepAfterTheSinkThatThrowsRollsTheWholeBatchBack() throws Exception {
        auditRoute(route -> route.to(AUDIT_SINK).throwException(IllegalStateException.class, "the topic is away"));

        assertThatThrownBy(() -> store.write(batch()))
                .isInstanceOf(JournalException.class)
                .hasMessage("The audit log could not be written: the topic is away");

        assertNothingWritten();
    }

    @Test
    void anErrorHandlerThatSwallowsTheFailureDoesNotMakeTheBatchWritten() throws Exception {
        auditRoute(route -> route.onException(Exception.class)
                .handled(true)
                .end()
                .throwException(IllegalStateException.class, "swallowed")
                .to(AUDIT_SINK));

        assertThatThrownBy(() -> store.write(batch())).isInstanceOf(JournalException.class);

        assertNothingWritten();
    }

    @Test
    void anErrorHandlerThatSwallowsAFailureAfterTheSinkDoesNotUndoIt() throws Exception {
        auditRoute(route -> route.onException(Exception.class)
                .handled(true)
                .end()
                .to(AUDIT_SINK)
                .throwException(IllegalStateException.class, "swallowed"));

        store.write(batch());

        assertThat(reader().head("node-1").seq()).isEqualTo(2);
    }

    @Test
    void anAuditRouteThatForgetsTheSinkFailsTheBatch() throws Exception {
        auditRoute(route -> route.log("only logged"));

        assertThatThrownBy(() -> store.write(batch()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("direct:cxone-assist-audit");

        assertNothingWritten();
    }

    @Test
    void aHeaderCannotReplaceTheStatement() throws Exception {
        auditRoute(route -> route.setHeader("camelSQLquery")
                .constant("DELETE FROM webhook_cursor")
                .setHeader("CamelSqlParameters")
                .constant(List.of())
                .to(AUDIT_SINK));

        store.write(batch());

        assertThat(reader().head("node-1").seq()).isEqualTo(2);
        assertThat(texts("node-1")).hasSize(1);
    }

    @Test
    void aHeaderCannotFillAColumnThatIsEmpty() throws Exception {
        auditRoute(route -> route.setHeader("reason")
                .constant("from a header")
                .setHeader("suggestion_id")
                .constant("from a header")
                .to(AUDIT_SINK));
        JournalRow row = row(1, null, null);

        store.write(new JournalBatch(List.of(row), List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 10)).containsExactly(row);
    }

    private JournalBatch batch() {
        return new JournalBatch(
                List.of(row(1, "call-1", "s-1"), row(2, "call-1", "s-2")),
                List.of(new SuggestionText("node-1", 1, "call-1", "Text of s-1")));
    }

    private static JournalRow row(long seq, String interactionId, String suggestionId) {
        return new JournalRow(
                "node-1",
                seq,
                Instant.parse("2026-11-22T08:00:00Z"),
                "injected",
                interactionId,
                suggestionId,
                null,
                "{}",
                seq == 1 ? "0".repeat(64) : "1".repeat(64),
                "1".repeat(64));
    }

    private void assertNothingWritten() {
        assertThat(reader().head("node-1")).isEqualTo(ChainHead.GENESIS);
        assertThat(texts("node-1")).isEmpty();
    }

    private interface Steps {
        void addTo(RouteDefinition route);
    }

    /** Takes the place of the one in {@code routes/}. */
    private void auditRoute(Steps steps) throws Exception {
        context.getRouteController().stopRoute("audit");
        context.removeRoute("audit");
        RouteBuilder.addRoutes(context, builder -> steps.addTo(builder.from(AuditRouteStore.ENDPOINT)));
    }
}
