package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.pipeline.PipelineProperties;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Pipe of suggestions as it is shipped, run without an operator: with the settings of its ConfigMap, and with the keys of
 * its Secret. The broker is stood in for, since the Kamelets of Camel's catalog are an operator's; all the rest is real.
 */
class PipeTest {

    private static final Path PIPES = Path.of("config/camel-k/pipes");

    /** All that a properties file, a URI or a placeholder could take for something else. */
    private static final String HOSTILE = "X +a%b&c=d#e)\\";

    private static final SandboxConfig CONFIG =
            SandboxConfig.builder().client("pipe", HOSTILE).build();

    @TempDir
    Path folder;

    private SandboxCxone cxone;
    private Main main;

    @BeforeEach
    void start() throws Exception {
        cxone = new SandboxCxone(CONFIG, new ManualAgent()).start();
        main = new Main();
        settingsOfTheConfigMap().forEach((name, value) -> main.addProperty(name.toString(), value.toString()));
        secrets().forEach((name, value) -> main.addProperty(name.toString(), value.toString()));
        // where the stand-ins are
        main.addProperty("camel.component.cxone-assist.token-url", cxone.tokenUrl());
        main.addProperty("camel.component.cxone-assist.web-socket-url", cxone.webSocketUrl());
        main.addProperty("cxone.database-url", "jdbc:sqlite:" + folder.resolve("pipe.db"));
        main.addProperty(
                "camel.component.kamelet.location",
                "file:" + broker().toAbsolutePath() + ",file:"
                        + Path.of("kamelets").toAbsolutePath());
        main.configure()
                .withRoutesIncludePattern("file:"
                        + PIPES.resolve("suggestions-to-agents.pipe.yaml").toAbsolutePath());
        main.start();
    }

    @AfterEach
    void stop() {
        main.stop();
        cxone.close();
    }

    @Test
    void aSuggestionOfTheTopicReachesCxone() throws Exception {
        Exchange answer = offer(suggestion("a", 0.9));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(PipelineProperties.STATUS_HEADER))
                .isEqualTo("sent");
        assertThat(cxone.referee().suggestions()).hasSize(1);
    }

    /** It is on record; whoever wants to see it again would only be refused again. */
    @Test
    void aRefusedSuggestionIsNoDeadLetter() throws Exception {
        Exchange answer = offer(suggestion("b", 0.1));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(PipelineProperties.STATUS_HEADER))
                .isEqualTo("refused");
        assertThat(deadLetter()).isNull();
    }

    private Exchange offer(String suggestion) throws Exception {
        return main.getCamelTemplate()
                .request("direct:suggestions", exchange -> exchange.getMessage().setBody(suggestion));
    }

    private String deadLetter() throws IOException {
        try (ConsumerTemplate topic = main.getCamelContext().createConsumerTemplate()) {
            return topic.receiveBodyNoWait("seda:suggestions-not-sent", String.class);
        }
    }

    private static Properties settingsOfTheConfigMap() {
        return Manifests.propertiesFiles()
                .get(new Manifest(PIPES.resolve("settings.yaml"), Yaml.read(PIPES.resolve("settings.yaml")))
                        + ": cxone-assist-pipes.properties");
    }

    /** The template, filled in as an operator would. */
    private static Properties secrets() {
        Properties secrets = new Properties();
        Manifests.propertiesFiles().forEach((file, properties) -> {
            if (file.endsWith("cxone-assist-pipes.properties") && file.contains("secret.template")) {
                properties.forEach((name, value) ->
                        secrets.put(name, name.toString().endsWith("clientId") ? CONFIG.clientId() : HOSTILE));
            }
        });
        return secrets;
    }

    /** Kamelets of the names and properties of Camel's own, with an endpoint inside this process in place of a topic. */
    private Path broker() throws IOException {
        Path kamelets = Files.createDirectories(folder.resolve("kamelets"));
        Files.writeString(kamelets.resolve("kafka-source.kamelet.yaml"), kamelet("source", """
                    from:
                      uri: "direct:{{topic}}"
                      steps:
                        - to:
                            uri: "kamelet:sink"
                """));
        Files.writeString(kamelets.resolve("kafka-sink.kamelet.yaml"), kamelet("sink", """
                    from:
                      uri: "kamelet:source"
                      steps:
                        - to:
                            uri: "seda:{{topic}}"
                """));
        return kamelets;
    }

    private static String kamelet(String type, String template) {
        String name = "kafka-" + type;
        StringBuilder properties = new StringBuilder();
        ClusterKamelets.properties(name)
                .forEach(property ->
                        properties.append("      ").append(property).append(": {title: x, type: string}\n"));
        return """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: %s
                  labels:
                    camel.apache.org/kamelet.type: %s
                spec:
                  definition:
                    title: x
                    type: object
                    required: [%s]
                    properties:
                %s  template:
                """.formatted(name, type, String.join(", ", ClusterKamelets.required(name)), properties) + template;
    }

    private static String suggestion(String id, double score) {
        Instant now = Instant.now();
        return """
                {"interactionId":"call","id":"%s","content":"Hello","priority":"LOW","relevanceScore":%s,\
                "contextWindow":{"start":"%s","end":"%s"}}""".formatted(id, score, now.minusSeconds(60), now.plusSeconds(60));
    }
}
