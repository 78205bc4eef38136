package io.github.cxoneassist.pipeline;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** One context after the other on the same database. CXone lives on between the two. */
final class RestartingPipeline implements AutoCloseable {

    private static final String SINK =
            "kamelet:cxone-assist-sink?bufferLimit={{limit}}&holdLimit=3&leastDecisions=2&uniqueContent={{unique}}"
                    + "&coolDown={{coolDown}}";

    private final SandboxCxone cxone;
    private final AuditDatabase audit;
    private CamelContext context;
    private ProducerTemplate template;

    /** From the next start on. */
    boolean unique;

    int limit = 2;
    boolean listens = true;
    String coolDown = "0";
    Clock clock = Clock.systemUTC();

    RestartingPipeline(SandboxCxone cxone, AuditDatabase audit) {
        this.cxone = cxone;
        this.audit = audit;
    }

    /** Returns when Camel says that it has started. */
    void startContext() throws Exception {
        context = new DefaultCamelContext();
        PropertiesComponent properties = context.getPropertiesComponent();
        properties.addInitialProperty("cxone.database-url", audit.url());
        if (audit.settings().user() != null) {
            properties.addInitialProperty(
                    "cxone.database-user", audit.settings().user());
            properties.addInitialProperty(
                    "cxone.database-password", audit.settings().password());
        }
        // the default of a database on a server is a file where the tests run, for each to find what another left
        properties.addInitialProperty("cxone.audit.anchor", "log:anchor");
        properties.addInitialProperty("unique", Boolean.toString(unique));
        properties.addInitialProperty("limit", Integer.toString(limit));
        properties.addInitialProperty("coolDown", coolDown);
        context.getRegistry().bind("clock", Clock.class, clock);
        context.addComponent("cxone-assist", PipelineTestBase.component(cxone));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(SINK);
                if (listens) {
                    from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
                }
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    /** Returns when the new session is on record. */
    void start() throws Exception {
        startContext();
        int before = cxone.referee().socketCount();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> audit.sessionLines().stream()
                                .filter("connected progress"::equals)
                                .count()
                        >= before);
    }

    void stop() {
        context.stop();
    }

    void restart() throws Exception {
        stop();
        start();
    }

    AssistRuntime runtime() {
        return AssistRuntime.of(context);
    }

    ProducerTemplate template() {
        return template;
    }

    /** The reason, or the status where there is none. */
    String outcome(ObjectNode suggestion) {
        Exchange exchange = template.send("direct:in", in -> in.getMessage().setBody(suggestion.toString()));
        String reason = exchange.getMessage().getHeader("CamelCxoneAssistReason", String.class);
        return reason != null ? reason : exchange.getMessage().getHeader("CamelCxoneAssistStatus", String.class);
    }

    void endInteraction(String id) {
        template.send("direct:in", in -> {
            in.getMessage().setHeader("CamelCxoneAssistEndInteraction", true);
            in.getMessage().setHeader("CamelCxoneAssistInteractionId", id);
        });
    }

    @Override
    public void close() {
        context.stop();
    }
}
