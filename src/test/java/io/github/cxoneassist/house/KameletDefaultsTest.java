package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

/** An optional parameter really is optional. */
class KameletDefaultsTest {

    /** Of each parameter that some Kamelet must have. */
    private static final Map<String, String> REQUIRED = Map.of(
            "url", "https://kb.example.com/",
            "secret", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
            "interactionId", "$.call",
            "content", "$.text");

    @TempDir
    Path folder;

    static List<Path> kamelets() {
        return Yaml.kameletFiles();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itStartsWithNothingButWhatIsRequired(Path file) throws Exception {
        List<String> options = new ArrayList<>();
        Yaml.read(file)
                .at("/spec/definition/required")
                .forEach(name -> options.add(name.asText() + "=" + REQUIRED.get(name.asText())));
        String kamelet = "kamelet:" + Kamelets.name(file) + (options.isEmpty() ? "" : "?" + String.join("&", options));
        JsonNode type = Yaml.read(file).at("/metadata/labels/camel.apache.org~1kamelet.type");
        SandboxConfig config = SandboxConfig.builder().build();
        try (SandboxCxone cxone = new SandboxCxone(config, new ManualAgent()).start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            CxoneAssistComponent component = context.getComponent("cxone-assist", CxoneAssistComponent.class);
            component.getConfiguration().setTokenUrl(cxone.tokenUrl());
            component.getConfiguration().setWebSocketUrl(cxone.webSocketUrl());
            component.getConfiguration().setClientId(config.clientId());
            component.getConfiguration().setClientSecret(config.clientSecret());
            SQLiteDataSource database = new SQLiteDataSource();
            database.setUrl("jdbc:sqlite:" + folder.resolve("assist.db"));
            if (kamelet.equals("kamelet:cxone-assist-audit-sink")) {
                // which it takes as it is; whoever has the pipeline has it made
                context.getRegistry().bind("cxoneAssistDataSource", database);
            }
            context.getPropertiesComponent().addInitialProperty("cxone.database-url", database.getUrl());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    if (type.asText().equals("source")) {
                        from(kamelet).routeId("tried").to("log:tried");
                    } else {
                        from("direct:tried").routeId("tried").to(kamelet);
                    }
                }
            });

            context.start();

            assertThat(context.getRouteController().getRouteStatus("tried")).isEqualTo(ServiceStatus.Started);
            assertThat(context.getRoutes())
                    .filteredOn(route -> !route.getRouteId().equals("tried"))
                    .isNotEmpty()
                    .allMatch(route -> context.getRouteController()
                            .getRouteStatus(route.getRouteId())
                            .isStarted());
        }
    }
}
