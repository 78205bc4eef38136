package io.github.cxoneassist.pipeline;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.component.CxoneAssistConfiguration;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.io.TempDir;

/** A plain context with nothing but the jar's Kamelets, a real CXone stand-in, and a SQLite file. */
abstract class PipelineTestBase extends CamelTestSupport {

    static final SandboxConfig CONFIG = SandboxConfig.builder().build();
    static final String SINK = "kamelet:cxone-assist-sink";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    final ManualAgent agent = new ManualAgent();
    final SandboxCxone cxone = new SandboxCxone(CONFIG, agent);
    AuditDatabase audit;

    @Override
    protected void setupResources() {
        cxone.start();
        audit = new AuditDatabase(folder.resolve("audit.db"));
    }

    @Override
    protected void cleanupResources() {
        cxone.close();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getPropertiesComponent().addInitialProperty("cxone.database-url", audit.url());
        CxoneAssistComponent component = component(cxone);
        component.getConfiguration().setReconnectDelay(20);
        component.getConfiguration().setMaxReconnectDelay(100);
        component.getConfiguration().setSendTimeout(3_000);
        created.addComponent("cxone-assist", component);
        return created;
    }

    /** A component that connects there as the client that the stand-in knows. */
    static CxoneAssistComponent component(SandboxCxone cxone) {
        CxoneAssistConfiguration configuration = new CxoneAssistConfiguration();
        configuration.setTokenUrl(cxone.tokenUrl());
        configuration.setWebSocketUrl(cxone.webSocketUrl());
        configuration.setClientId(CONFIG.clientId());
        configuration.setClientSecret(CONFIG.clientSecret());
        CxoneAssistComponent component = new CxoneAssistComponent();
        component.setConfiguration(configuration);
        return component;
    }

    final HikariDataSource openDatabase() {
        return JournalDatabase.open(new DatabaseSettings(audit.url(), null, null));
    }

    final Exchange offer(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    /** Until another script is played: sockets open, and nobody is let in. */
    final void cxoneGoesAway() {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        cxone.dropConnections();
        await().until(() -> cxone.referee().socketCount() > 1 && cxone.referee().openSockets() == 1);
    }

    final AssistRuntime runtime() {
        return AssistRuntime.of(context);
    }

    static JsonNode answer(Exchange exchange) throws JsonProcessingException {
        return MAPPER.readTree(exchange.getMessage().getBody(String.class));
    }
}
