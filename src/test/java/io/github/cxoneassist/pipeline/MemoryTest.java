package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory follows what is alive: the whole pipeline on a real database, with nothing but the wire left out. The heap is printed;
 * the size to serve is {@code mvn test -Dtest=MemoryTest -Dmemory.interactions=200000}, a million suggestions.
 */
class MemoryTest {

    private static final int INTERACTIONS = Integer.getInteger("memory.interactions", 2_000);
    private static final int ROUNDS = 10;
    private static final int SUGGESTIONS_EACH = 7;
    private static final int SENDERS = 32;
    private static final String SINK = "kamelet:cxone-assist-sink?uniqueContent=true&coolDown=60000";

    /** What the heap may differ by, whatever was sent: a page of a cache, a class that was loaded later. */
    private static final long NOISE = 1_000_000;

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final AtomicInteger sent = new AtomicInteger();
    private CamelContext context;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        context = new DefaultCamelContext();
        context.getRegistry().bind("clock", Clock.class, clock);
        context.getRegistry().bind(MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class, meters);
        context.getPropertiesComponent()
                .addInitialProperty("cxone.database-url", new AuditDatabase(folder.resolve("audit.db")).url());
        context.addComponent("cxone-assist", new CxoneThatTakesEverything());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(SINK);
                from("direct:event").errorHandler(noErrorHandler()).process(Decisions.in(getContext()));
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() throws Exception {
        senders.shutdownNow();
        context.close();
    }

    @Test
    void theHeapIsTheSameAfterTenTimesAsManyFinishedInteractions() throws Exception {
        fillWhatIsBounded();
        round(0);
        // the first one makes its endpoints, and comes when it likes
        runtime().audit().checkpointer().flush(Duration.ofSeconds(5));
        long first = heapWhenAllHasEnded();
        int metersAtFirst = meters.getMeters().size();
        int endpointsAtFirst = context.getEndpoints().size();

        for (int i = 1; i < ROUNDS; i++) {
            round(i);
        }

        long last = heapWhenAllHasEnded();
        System.out.printf(
                "MemoryTest: %,d bytes after %,d interactions, %,d bytes after %,d with %,d suggestions%n",
                first, INTERACTIONS / ROUNDS, last, INTERACTIONS, sent.get());
        assertThat(meters.getMeters()).hasSize(metersAtFirst);
        assertThat(context.getEndpoints()).hasSize(endpointsAtFirst);
        // what is kept for ever is there at any time; what other tests of this JVM left behind goes
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(heapWhenAllHasEnded()).isLessThan(first + NOISE));
    }

    /** What agents did is kept of so many interactions, finished or not, and which suggestions ran out last. */
    private void fillWhatIsBounded() {
        IntStream.range(0, 10_000)
                .mapToObj(i -> new SuggestionKey("before-" + i, i + "-1"))
                .forEach(key -> runtime().slots().latelyExpired().add(new Ended(key, false)));
        IntStream.range(0, 10_000).forEach(i -> runtime().history().record("before-" + i, null, true));
    }

    /** Ends with all windows over. */
    private void round(int number) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        int each = INTERACTIONS / ROUNDS;
        for (int i = number * each; i < (number + 1) * each; i++) {
            int which = i;
            running.add(senders.submit(() -> interaction(which)));
        }
        for (Future<?> one : running) {
            one.get();
        }
        clock.advance(Duration.ofMinutes(10));
        await().atMost(Duration.ofSeconds(30)).until(() -> runtime().ledger().size() == 0);
    }

    /** More than there are slots, so that some wait; of four, one is answered, one ends, one is left to run out, one half. */
    private void interaction(int number) {
        String interactionId = "call-" + number;
        for (int i = 0; i < SUGGESTIONS_EACH; i++) {
            offer(interactionId, number + "-" + i);
        }
        int answered = number % 4 == 0 ? SUGGESTIONS_EACH : number % 4 == 1 ? 3 : 0;
        for (int i = 0; i < answered; i++) {
            tell("ack", interactionId, number + "-" + i);
            tell(i % 2 == 0 ? "accepted" : "dismissed", interactionId, number + "-" + i);
        }
        if (number % 4 == 2) {
            end(interactionId);
        }
    }

    private void offer(String interactionId, String id) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interactionId", interactionId)
                .put("id", id)
                .put("content", "Text of " + id)
                .put("priority", "HIGH")
                .put("relevanceScore", 0.85)
                .put("source", "model-" + interactionId.hashCode() % 50);
        json.putObject("contextWindow")
                .put("start", clock.instant().toString())
                .put("end", clock.instant().plusSeconds(300).toString());
        Exchange answer =
                template.send("direct:in", exchange -> exchange.getMessage().setBody(json.toString()));
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(PipelineProperties.STATUS_HEADER))
                .isIn("sent", "held");
        sent.incrementAndGet();
    }

    private void tell(String what, String interactionId, String id) {
        template.requestBody(
                "direct:event",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "agentassist." + what)
                        .put("interactionId", interactionId)
                        .put("suggestionId", id)
                        .toString());
    }

    private void end(String interactionId) {
        template.send("direct:in", exchange -> {
            exchange.getMessage().setHeader(PipelineProperties.END_INTERACTION_HEADER, true);
            exchange.getMessage().setHeader(PipelineProperties.INTERACTION_ID_HEADER, interactionId);
        });
    }

    private long heapWhenAllHasEnded() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private AssistRuntime runtime() {
        return AssistRuntime.of(context);
    }
}
