package io.github.cxoneassist.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.e2e.ModelInteraction.Policy;
import io.github.cxoneassist.e2e.ModelStep.Flaw;
import io.github.cxoneassist.e2e.ModelStep.Word;
import io.github.cxoneassist.e2e.ModelSuggestion.Body;
import io.github.cxoneassist.journal.ChainVerifier;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.Verification;
import io.github.cxoneassist.pipeline.Slots;
import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.Desktop;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.Violation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** The whole application and a CXone, driven step by step: what the model says is to happen is done for real. */
final class PipelineUnderModel implements AutoCloseable {

    /** An interaction never gives up its row for that of another. */
    record Row(long seq, String event, String interactionId, String suggestionId, String reason) {
        String line() {
            return event + (reason == null ? "" : " " + reason);
        }
    }

    record Shown(String interactionId, String frame) {}

    private static final Pattern TOO_MANY =
            Pattern.compile("Key\\[interactionId=([^,]+), id=[^]]+] is active number (\\d+)");

    private static final String ROWS = "SELECT seq, event, interaction_id, suggestion_id, reason FROM audit_event"
            + " WHERE node = 'main' AND seq > ? ORDER BY seq";

    private final TestClock clock = new TestClock();
    private final Queue<Shown> shown = new ConcurrentLinkedQueue<>();
    private final Set<String> everShown = ConcurrentHashMap.newKeySet();
    private final ManualAgent agent = new ManualAgent();
    private final WriteAheadWitness witness;
    private final RunningAssist assist;
    private final AuditTable audit;
    private final ProducerTemplate template;
    private final Connection connection;
    private final PreparedStatement rows;
    private long lastRow;
    private long connected;
    private long disconnected;
    private boolean online = true;

    /** @param patience how long a suggestion waits for the connection before its source is told to come again */
    PipelineUnderModel(Path folder, Duration patience, Duration transit) throws Exception {
        audit = AuditTable.in(folder.resolve("assist.db"));
        witness = new WriteAheadWitness(audit, new Recorder());
        SandboxConfig config = SandboxConfig.builder()
                .clock(clock)
                .tokenLifetime(Duration.ofDays(3_650))
                .transit(transit)
                .build();
        Map<String, String> settings = Map.of(
                "camel.component.cxone-assist.send-timeout", String.valueOf(patience.toMillis()),
                "camel.component.cxone-assist.ack-timeout", "3600000",
                "camel.component.cxone-assist.in-flight", "100000",
                "camel.component.cxone-assist.reconnect-delay", "5",
                "camel.component.cxone-assist.max-reconnect-delay", "20");
        assist = RunningAssist.start(folder, witness, config, settings, main -> {
            main.bind("clock", clock);
            main.configure().addRoutesBuilder(new RouteBuilder() {
                @Override
                public void configure() {
                    for (Policy policy : Policy.values()) {
                        from(uri(policy))
                                .errorHandler(noErrorHandler())
                                .to("kamelet:cxone-assist-sink?holdLimit=" + ModelInteraction.HOLD_LIMIT
                                        + "&leastDecisions=" + ModelRelevance.LEAST_DECISIONS + "&fullPolicy="
                                        + policy.name().toLowerCase(Locale.ROOT));
                    }
                }
            });
        });
        template = assist.camelContext().createProducerTemplate();
        connection = audit.connect();
        rows = connection.prepareStatement(ROWS);
        await().until(() -> {
            newRows();
            return connected == 1;
        });
    }

    private final class Recorder implements Agent {
        @Override
        public void sitsDownAt(Desktop desktop) {
            agent.sitsDownAt(desktop);
        }

        @Override
        public void sees(ReceivedSuggestion suggestion) {
            everShown.add(suggestion.interactionId() + " " + suggestion.id());
            shown.add(new Shown(
                    suggestion.interactionId(),
                    suggestion.id() + " " + suggestion.frame().relevanceScore()));
        }
    }

    private static String uri(Policy policy) {
        return "direct:model-" + policy;
    }

    TestClock clock() {
        return clock;
    }

    SandboxCxone cxone() {
        return assist.cxone();
    }

    WriteAheadWitness witness() {
        return witness;
    }

    boolean isOnline() {
        return online;
    }

    CompletableFuture<Exchange> offer(Policy policy, String interactionId, Body body) {
        String json = json(interactionId, body);
        return template.asyncSend(uri(policy), exchange -> exchange.getMessage().setBody(json));
    }

    CompletableFuture<Exchange> end(Policy policy, String interactionId) {
        return template.asyncSend(uri(policy), exchange -> {
            exchange.getMessage().setHeader("CamelCxoneAssistEndInteraction", true);
            exchange.getMessage().setHeader("CamelCxoneAssistInteractionId", interactionId);
        });
    }

    void tell(Word word, String interactionId, String id) {
        switch (word) {
            case ACK -> agent.ack(interactionId, id, Map.of());
            case ACCEPT -> agent.accept(interactionId, id, Map.of());
            case DISMISS -> agent.dismiss(interactionId, id, Map.of());
        }
    }

    /** CXone is gone, and stays away. The rows that are read meanwhile go to whoever wants them. */
    void drop(Consumer<Row> reader) {
        cxone().play(FaultScript.inOrder(new RefuseUpgrade(503, "").always()));
        long before = disconnected;
        cxone().dropConnections();
        online = false;
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    newRows().forEach(reader);
                    return disconnected > before && cxone().referee().openSockets() == 0;
                });
    }

    void reconnect(Consumer<Row> reader) {
        long before = connected;
        cxone().play(FaultScript.NONE);
        online = true;
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> {
                    newRows().forEach(reader);
                    return connected > before;
                });
    }

    /** On disk since the last call. */
    List<Row> newRows() throws SQLException {
        List<Row> read = new ArrayList<>();
        rows.setLong(1, lastRow);
        try (ResultSet result = rows.executeQuery()) {
            while (result.next()) {
                lastRow = result.getLong(1);
                connected += result.getString(2).equals("connected") ? 1 : 0;
                disconnected += result.getString(2).equals("disconnected") ? 1 : 0;
                if (result.getString(3) != null) {
                    read.add(new Row(
                            lastRow,
                            result.getString(2),
                            result.getString(3),
                            result.getString(4),
                            result.getString(5)));
                }
            }
        }
        return read;
    }

    /** What came to CXone since the last call, in order. */
    List<Shown> newFrames() {
        List<Shown> seen = new ArrayList<>();
        for (Shown one = shown.poll(); one != null; one = shown.poll()) {
            seen.add(one);
        }
        return seen;
    }

    boolean wasShown(String interactionId, String id) {
        return everShown.contains(interactionId + " " + id);
    }

    /** Takes out the numbers of those that were one too many, by interaction and in order. */
    static Map<String, List<Integer>> takeTooMany(List<Violation> violations) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        violations.removeIf(violation -> {
            Matcher matcher = TOO_MANY.matcher(violation.text());
            boolean found = violation.kind() == Violation.Kind.TOO_MANY_ACTIVE && matcher.matches();
            if (found) {
                numbers.computeIfAbsent(matcher.group(1), id -> new ArrayList<>())
                        .add(Integer.valueOf(matcher.group(2)));
            }
            return found;
        });
        return numbers;
    }

    /** Of the chain of hashes. */
    Verification verification() {
        return ChainVerifier.verify(new JdbcJournalReader(audit.database()).rows("main"));
    }

    /** As the pipeline itself counts them. */
    String slots(String interactionId) {
        return Slots.of(assist.camelContext(), interactionId);
    }

    /** What a source was told; null where it was not told yet. */
    static String answer(CompletableFuture<Exchange> offered) {
        if (!offered.isDone()) {
            return null;
        }
        Exchange exchange = offered.join();
        if (exchange.getException() != null) {
            return "failed";
        }
        return String.join(
                " ",
                header(exchange, "Status"),
                header(exchange, "Reason"),
                header(exchange, "RawScore"),
                header(exchange, "AdjustedScore"),
                header(exchange, "FreeSlots"));
    }

    private static String header(Exchange exchange, String name) {
        return String.valueOf(exchange.getMessage().getHeader("CamelCxoneAssist" + name));
    }

    private static String json(String interactionId, Body body) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interactionId", interactionId)
                .put("id", body.id())
                .put("content", body.flaw() == Flaw.BLANK ? " " : "Text of " + body.id())
                .put("priority", body.priority())
                .put("relevanceScore", body.raw())
                .put("source", "of-" + interactionId);
        json.putObject("contextWindow")
                .put("start", body.start().toString())
                .put("end", body.end().toString());
        return json.toString();
    }

    @Override
    public void close() throws Exception {
        connection.close();
        witness.looksAway();
        assist.close();
    }
}
