package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditReport;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.JdbcAuditSource;
import io.github.cxoneassist.journal.LegalHolds;
import io.github.cxoneassist.journal.OperatorChain;
import io.github.cxoneassist.journal.PublicKeys;
import io.github.cxoneassist.journal.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Checkpoints of a running pipeline, with the keys of the test vectors. */
class CheckpointerTest extends PipelineTestBase {

    private static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();
    private static final Path CHAIN_KEYS = VECTORS.resolve("test-chain-keys.txt");

    private final AtomicBoolean anchorIsDown = new AtomicBoolean();
    private final Queue<String> kept = new ConcurrentLinkedQueue<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        var settings = created.getPropertiesComponent();
        settings.addInitialProperty("cxone.audit.chain-key-file", CHAIN_KEYS.toString());
        settings.addInitialProperty(
                "cxone.audit.signing-key-file",
                VECTORS.resolve("test-signing-key.pem").toString());
        settings.addInitialProperty("cxone.audit.checkpoint-rows", "4");
        settings.addInitialProperty("cxone.audit.checkpoint-interval", "100ms");
        return created;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:suggestions").to(SINK);
                from("direct:keeper").errorHandler(noErrorHandler()).process(exchange -> {
                    if (anchorIsDown.get()) {
                        throw new IOException("the anchor is away");
                    }
                    kept.add(exchange.getMessage().getBody(String.class));
                });
            }
        };
    }

    @Test
    void everyRowIsCoveredSignedAndAnchoredAndTheLogVerifies() throws Exception {
        for (int i = 0; i < 10; i++) {
            offer("direct:suggestions", suggestion("s-" + i));
        }
        await().untilAsserted(() -> assertThat(Files.readAllLines(anchorFile())).isNotEmpty());

        context.stop();

        AuditReport report = verify(Files.readAllLines(anchorFile()));
        assertThat(report.findings()).isEmpty();
        AuditReport.Node node = report.nodes().get(0);
        assertThat(node.rows()).isGreaterThan(10).isEqualTo(node.keyedRows()).isEqualTo(node.checkpointSeq());
        assertThat(node.checkpoints()).isGreaterThan(2).isEqualTo(node.signedCheckpoints());
        assertThat(node.anchoredSeq()).isPositive();
    }

    @Test
    void whatTheAnchorDidNotTakeIsHandedOverWhenItIsBack() throws Exception {
        context.getRouteController().stopRoute("cxone-assist-anchor");
        context.removeRoute("cxone-assist-anchor");
        anchorIsDown.set(true);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(AnchorRoute.ENDPOINT).errorHandler(noErrorHandler()).to("direct:keeper");
            }
        });
        for (int i = 0; i < 5; i++) {
            offer("direct:suggestions", suggestion("s-" + i));
        }
        await().untilAsserted(() -> assertThat(runtime().audit().checkpointer().anchorTrouble())
                .contains("the anchor did not take a checkpoint: the anchor is away"));
        assertThat(kept).isEmpty();

        anchorIsDown.set(false);

        await().untilAsserted(() -> {
            assertThat(runtime().audit().checkpointer().anchorTrouble()).isEmpty();
            assertThat(audit.query("SELECT COUNT(*) FROM audit_anchored"))
                    .isEqualTo(audit.query("SELECT COUNT(*) FROM audit_checkpoint"));
        });
        assertThat(kept).isNotEmpty();
        assertThat(verify(List.copyOf(kept)).findings()).isEmpty();
    }

    @Test
    void theAnchorGetsWhatTheDatabaseSaysItHasAlready() throws Exception {
        audit("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                + " INSERT OR IGNORE INTO audit_anchored (node, seq, at) SELECT 'main', i, 'x' FROM n WHERE NOT EXISTS"
                + " (SELECT 1 FROM audit_anchored a WHERE a.node = 'main' AND a.seq = i)");
        for (int i = 0; i < 10; i++) {
            offer("direct:suggestions", suggestion("s-" + i));
        }

        await().untilAsserted(() -> assertThat(String.join("", Files.readAllLines(anchorFile())))
                .contains("\"seq\":"
                        + audit.query("SELECT MAX(seq) FROM audit_event WHERE node = 'main'")
                                .get(0) + ","));
    }

    @Test
    void theAnchorGetsWhatACommandMadeThoughTheDatabaseSaysItHasThatAlready() throws Exception {
        audit("INSERT INTO audit_anchored (node, seq, at) VALUES ('main.operator', 1, 'x'), ('main.operator', 2, 'x')");
        try (HikariDataSource database = openDatabase()) {
            OperatorChain chain = new OperatorChain(
                    database,
                    "main",
                    ChainKeys.read(CHAIN_KEYS),
                    SigningKey.read(VECTORS.resolve("test-signing-key.pem")),
                    Clock.systemUTC());
            LegalHolds holds = new LegalHolds(database, chain, Clock.systemUTC());
            holds.set("call-1", "a lawsuit");
            holds.set("call-2", "a lawsuit");
        }

        await().untilAsserted(() -> assertThat(Files.readAllLines(anchorFile()))
                .filteredOn(line -> line.contains("\"node\":\"main.operator\""))
                .hasSize(2));
    }

    private void audit(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("audit.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void anAnchorThatHangsHoldsUpNothingAndIsTold() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        context.getRouteController().stopRoute("cxone-assist-anchor");
        context.removeRoute("cxone-assist-anchor");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(AnchorRoute.ENDPOINT).process(exchange -> letGo.await());
            }
        });
        offer("direct:suggestions", suggestion("s-0"));
        await().untilAsserted(() -> assertThat(runtime().audit().checkpointer().anchorTrouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).startsWith("the anchor has not answered for ")));

        for (int i = 1; i < 10; i++) {
            offer("direct:suggestions", suggestion("s-" + i));
        }

        assertThat(audit.lines()).contains("held s-9");
        await().untilAsserted(() -> assertThat(audit.query("SELECT MAX(seq) FROM audit_checkpoint"))
                .isEqualTo(audit.query("SELECT MAX(seq) FROM audit_event WHERE node = 'main'")));
        assertThat(runtime().audit().checkpointer().trouble()).isEmpty();
        letGo.countDown();
        await().untilAsserted(() ->
                assertThat(runtime().audit().checkpointer().anchorTrouble()).isEmpty());
    }

    @Test
    void theRulesAreJournaledInFullOnceAndNamedByEachRow() {
        offer("direct:suggestions", suggestion("s-1"));
        offer("direct:suggestions", suggestion("s-1"));

        assertThat(audit.details("configured"))
                .containsExactly("{\"config\":\"" + config() + "\",\"rules\":{\"bufferLimit\":5,\"coolDown\":\"PT0S\","
                        + "\"fullPolicy\":\"hold\",\"holdLimit\":5,\"keepSlotForCritical\":false,\"leastDecisions\":5,"
                        + "\"lowerBelow\":0.3,\"raiseAbove\":0.8,\"relevanceStep\":0.05,\"relevanceThreshold\":0.7,"
                        + "\"session\":\"main\",\"thresholdJudges\":\"raw\",\"uniqueContent\":false}}");
        assertThat(audit.query("SELECT event || json_extract(details, '$.config') FROM audit_event"
                        + " WHERE suggestion_id = 's-1' AND event IN ('injected', 'validation_failed') ORDER BY seq"))
                .containsExactly("injected" + config(), "validation_failed" + config());
    }

    @Test
    void aRefusedSuggestionIsOnRecordWithItsRuleAndTheDigestOfItsText() {
        offer("direct:suggestions", suggestion("s-1"));
        offer("direct:suggestions", suggestion("s-1"));

        assertThat(audit.query("SELECT json_extract(details, '$.rule') || ' ' || json_extract(details, '$.priority')"
                        + " || ' ' || json_extract(details, '$.contentSha256') FROM audit_event"
                        + " WHERE event = 'validation_failed'"))
                .containsExactly("once_per_interaction HIGH"
                        + " 4fdeb0231e19e81037452878b52b505dd7742fd64c2cf6aa6537112117dfaa7e");
    }

    @Test
    void oneThatIsBelowTheThresholdIsOnRecordWithAllThatIsKnownOfIt() {
        String low =
                suggestion("s-1").replace("0.85", "0.05").replace("\"priority\"", "\"source\": \"kb\", \"priority\"");
        offer("direct:suggestions", low);

        assertThat(audit.query("SELECT json_extract(details, '$.rule') || ' ' || json_extract(details, '$.source')"
                        + " || ' ' || json_extract(details, '$.priority') || ' ' || json_extract(details, '$.relevanceScore')"
                        + " || ' ' || json_extract(details, '$.contentSha256') FROM audit_event"
                        + " WHERE event = 'validation_failed'"))
                .containsExactly("relevanceThreshold kb HIGH 0.05"
                        + " 4fdeb0231e19e81037452878b52b505dd7742fd64c2cf6aa6537112117dfaa7e");
    }

    @Test
    void whatIsHeldAndWhatEndsNamesItsRule() {
        for (int i = 0; i < 11; i++) {
            offer("direct:suggestions", suggestion("s-" + i));
        }
        await().untilAsserted(() -> assertThat(rules("superseded")).containsExactly("holdLimit"));
        assertThat(rules("held")).hasSize(6).containsOnly("bufferLimit");

        template.sendBodyAndHeaders(
                "direct:suggestions",
                "",
                Map.of("CamelCxoneAssistEndInteraction", true, "CamelCxoneAssistInteractionId", "call-1"));

        await().untilAsserted(() -> assertThat(rules("expired")).hasSize(10).containsOnly("interactionEnd"));
    }

    private List<String> rules(String event) {
        return audit.query("SELECT json_extract(details, '$.rule') FROM audit_event WHERE event = '" + event + "'");
    }

    private String config() {
        return audit.query("SELECT json_extract(details, '$.config') FROM audit_event WHERE event = 'configured'")
                .get(0);
    }

    private Path anchorFile() {
        return folder.resolve("audit.db.anchors.jsonl");
    }

    private AuditReport verify(List<String> anchors) {
        try (HikariDataSource database = openDatabase()) {
            return new AuditVerifier(
                            ChainKeys.read(CHAIN_KEYS),
                            PublicKeys.read(VECTORS.resolve("test-public-key.pem")),
                            Anchors.read(anchors.iterator()),
                            10)
                    .verify(new JdbcAuditSource(database));
        }
    }

    private static String suggestion(String id) {
        Instant now = Instant.now();
        return """
                {"interactionId": "call-1", "id": "%s", "content": "Verify the receipt", "priority": "HIGH",
                 "relevanceScore": 0.85, "contextWindow": {"start": "%s", "end": "%s"}}""".formatted(id, now.minusSeconds(1), now.plusSeconds(60));
    }
}
