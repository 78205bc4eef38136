package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.cxoneassist.pipeline.AssistMetrics;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the manifests ask a running application for, asked of one. */
class DeploymentTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path KUBERNETES = Path.of("config/kubernetes/base");
    private static final Path CAMEL_K = Path.of("config/camel-k/base");

    private static final Pattern METRIC = Pattern.compile("\\bcxone_assist_[a-z_]+");

    @TempDir
    static Path folder;

    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("anchor"));
        assist = RunningAssist.start(
                folder,
                new ManualAgent(),
                Map.of(
                        "cxone.webhook.subscribers.crm.endpoint", "log:crm",
                        "cxone.audit.checkpoint-rows", "1",
                        "cxone.audit.anchor", anchor()));
        assist.post(Suggestions.valid("deployed", "a").toString());
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void everyPathOfAProbeIsAnswered() throws Exception {
        Set<String> paths = new TreeSet<>();
        read(KUBERNETES.resolve("deployment.yaml"))
                .findValues("httpGet")
                .forEach(probe -> paths.add(probe.path("path").asText()));
        read(CAMEL_K.resolve("integration.yaml"))
                .at("/spec/traits/health")
                .properties()
                .forEach(option -> {
                    if (option.getKey().endsWith("Probe")) {
                        paths.add(option.getValue().asText());
                    }
                });

        assertThat(paths).containsExactly("/observe/health/live", "/observe/health/ready");
        // the file consumer counts as ready after its first poll
        await().untilAsserted(() -> {
            for (String path : paths) {
                assertThat(assist.get(path).statusCode()).as(path).isEqualTo(200);
            }
        });
    }

    /** Else Kubernetes would start it again and again until CXone is back. */
    @Test
    void aCxoneThatIsAwayTakesThePodOutOfServiceAndDoesNotRestartIt(@TempDir Path own) throws Exception {
        try (RunningAssist alone = RunningAssist.start(own, new ManualAgent())) {
            await().untilAsserted(() ->
                    assertThat(alone.get("/observe/health/ready").statusCode()).isEqualTo(200));

            alone.cxone().close();

            await().untilAsserted(() ->
                    assertThat(alone.get("/observe/health/ready").statusCode()).isEqualTo(503));
            assertThat(alone.get("/observe/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void prometheusIsSentToTheMetrics() throws Exception {
        List<JsonNode> endpoints = new ArrayList<>();
        for (Path folder : List.of(KUBERNETES, CAMEL_K)) {
            read(folder.resolve("podmonitor.yaml"))
                    .at("/spec/podMetricsEndpoints")
                    .forEach(endpoints::add);
        }

        assertThat(endpoints).hasSize(2);
        for (JsonNode endpoint : endpoints) {
            assertThat(assist.get(endpoint.path("path").asText()).body()).contains("cxone_assist_active 1.0");
        }
    }

    /** An alert on a metric that there is not never goes off. */
    @Test
    void everyMetricOfAnAlertIsThere() throws Exception {
        Set<String> metrics = new TreeSet<>();
        read(KUBERNETES.resolve("prometheusrule.yaml")).findValues("expr").forEach(expression -> {
            Matcher metric = METRIC.matcher(expression.asText());
            while (metric.find()) {
                metrics.add(metric.group());
            }
        });
        String there = assist.get("/observe/metrics").body();
        // made by the first dead letter, and there is none
        assertThat(metrics.remove(AssistMetrics.WEBHOOK_DEAD.replace('.', '_') + "_total"))
                .isTrue();

        assertThat(metrics).hasSizeGreaterThanOrEqualTo(7).allSatisfy(metric -> assertThat(there)
                .containsPattern("(?m)^" + metric + "[ {]"));
    }

    /** With every backslash that a properties file takes away. */
    @Test
    void theAnchorOfTheManifestsHasALineForEachCheckpoint() throws Exception {
        Path file = folder.resolve("anchor/anchors.jsonl");
        await().untilAsserted(() -> assertThat(file).exists());
        await().untilAsserted(() -> assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(2));

        assertThat(Files.readAllLines(file)).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    private static String anchor() throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(KUBERNETES.resolve("cxone-assist.properties"))) {
            settings.load(file);
        }
        return settings.getProperty("cxone.audit.anchor").replace("/var/lib/cxone-assist-anchor", folder + "/anchor");
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }
}
