package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.pipeline.PipelineProperties;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application of somebody else that has this jar, and nothing of the folders beside it. */
class PlainJarTest {

    /** Two instances of a template have the same steps; Camel must keep their ids apart. And nobody brings an audit route. */
    @Test
    void thePlainJarIsEnoughToUseTheSinkTwiceWithDifferentOptions(@TempDir Path folder) throws Exception {
        try (SandboxCxone cxone = new SandboxCxone(SandboxConfig.builder().build(), new ManualAgent()).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            CxoneAssistComponent component = context.getComponent("cxone-assist", CxoneAssistComponent.class);
            component.getConfiguration().setTokenUrl(cxone.tokenUrl());
            component.getConfiguration().setWebSocketUrl(cxone.webSocketUrl());
            component
                    .getConfiguration()
                    .setClientId(SandboxConfig.builder().build().clientId());
            component
                    .getConfiguration()
                    .setClientSecret(SandboxConfig.builder().build().clientSecret());
            context.getPropertiesComponent()
                    .addInitialProperty("cxone.database-url", "jdbc:sqlite:" + folder.resolve("assist.db"));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:strict").to("kamelet:cxone-assist-sink?relevanceThreshold=0.9");
                    from("direct:mild").to("kamelet:cxone-assist-sink?relevanceThreshold=0.5");
                }
            });
            context.start();

            assertThat(answer(context, "direct:strict")).isEqualTo("refused");
            assertThat(answer(context, "direct:mild")).isEqualTo("sent");
        }
    }

    private static Object answer(CamelContext context, String endpoint) {
        Instant now = Instant.now();
        String suggestion = """
                {"interactionId":"call","id":"s","content":"Hello","priority":"LOW","relevanceScore":0.7,\
                "contextWindow":{"start":"%s","end":"%s"}}""".formatted(now.minusSeconds(60), now.plusSeconds(60));
        return context.createProducerTemplate()
                .request(endpoint, exchange -> exchange.getMessage().setBody(suggestion))
                .getMessage()
                .getHeader(PipelineProperties.STATUS_HEADER);
    }
}
