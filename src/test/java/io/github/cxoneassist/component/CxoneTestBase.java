package io.github.cxoneassist.component;

import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.test.junit5.CamelTestSupport;

/** A context whose component knows a CXone of its own, behind a real socket. Each test brings its routes. */
abstract class CxoneTestBase extends CamelTestSupport {

    static final SandboxConfig CONFIG = SandboxConfig.builder().build();

    final ManualAgent agent = new ManualAgent();
    final SandboxCxone cxone = new SandboxCxone(CONFIG, agent);

    @Override
    protected void setupResources() {
        cxone.start();
    }

    @Override
    protected void cleanupResources() {
        cxone.close();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        CxoneAssistComponent component = new CxoneAssistComponent();
        component.setConfiguration(configuration());
        created.addComponent("cxone-assist", component);
        return created;
    }

    /** Impatient, so that a test of a failure is quick. */
    final CxoneAssistConfiguration configuration() {
        CxoneAssistConfiguration configuration = new CxoneAssistConfiguration();
        configuration.setTokenUrl(cxone.tokenUrl());
        configuration.setWebSocketUrl(cxone.webSocketUrl());
        configuration.setClientId(CONFIG.clientId());
        configuration.setClientSecret(CONFIG.clientSecret());
        configuration.setReconnectDelay(20);
        configuration.setMaxReconnectDelay(100);
        configuration.setSendTimeout(5_000);
        return configuration;
    }

    final AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    final Exchange exchange(Object body) {
        Exchange exchange = context.getEndpoint("direct:nowhere").createExchange();
        exchange.getMessage().setBody(body);
        return exchange;
    }

    final void awaitConnected() {
        await().until(() -> healthDetails().get("main.state"), "READY"::equals);
    }

    /** The client has seen it too when this returns. */
    final void goAway(FaultScript.Step how) {
        cxone.play(FaultScript.inOrder(how));
        join(cxone.dropConnections());
        await().until(() -> !"READY".equals(healthDetails().get("main.state")));
    }

    final HealthCheck.Result health() {
        return HealthCheckRegistry.get(context)
                .getCheck("cxone-assist")
                .orElseThrow()
                .call(Map.of());
    }

    final Map<String, Object> healthDetails() {
        return health().getDetails();
    }

    final void sendFrames(List<String> frames) {
        frames.forEach(cxone::send);
    }

    static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
