package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a Kamelet a good one: the rules of Camel's own catalog that apply to Kamelets of others. */
class KameletRulesTest {

    private static final String VERSION = projectVersion();

    static List<Path> kamelets() {
        return Yaml.kameletFiles();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theNameIsTheStemOfTheFile(Path file) {
        assertThat(Kamelets.name(file) + ".kamelet.yaml")
                .isEqualTo(file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theNameAndTheTitleEndWithTheType(Path file) {
        JsonNode kamelet = Yaml.read(file);
        String type = kamelet.at("/metadata/labels")
                .path("camel.apache.org/kamelet.type")
                .asText();

        assertThat(type).isIn("source", "sink", "action");
        assertThat(Kamelets.name(file)).endsWith("-" + type);
        assertThat(kamelet.at("/spec/definition/title").asText())
                .endsWith(" " + Character.toUpperCase(type.charAt(0)) + type.substring(1));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theAnnotationsAreThereAndTheProviderIsNotApache(Path file) {
        JsonNode annotations = Yaml.read(file).at("/metadata/annotations");
        Map<String, String> values = new ObjectMapper().convertValue(annotations, new TypeReference<>() {});

        assertThat(values)
                .containsOnlyKeys(
                        "camel.apache.org/kamelet.support.level",
                        "camel.apache.org/catalog.version",
                        "camel.apache.org/provider",
                        "camel.apache.org/kamelet.group",
                        "camel.apache.org/kamelet.namespace",
                        "camel.apache.org/kamelet.icon")
                .containsEntry("camel.apache.org/kamelet.support.level", "Preview")
                .containsEntry("camel.apache.org/catalog.version", VERSION)
                .containsEntry("camel.apache.org/provider", "CXone Agent Assist for Apache Camel")
                .allSatisfy((key, value) -> assertThat(value).isNotBlank());
        assertThat(values.get("camel.apache.org/kamelet.icon")).startsWith("data:image/svg+xml;base64,");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theIconIsAnSvgThatCanBeDrawn(Path file) throws Exception {
        String icon = Yaml.read(file)
                .at("/metadata/annotations")
                .path("camel.apache.org/kamelet.icon")
                .asText();
        byte[] svg = Base64.getDecoder().decode(icon.substring(icon.indexOf(',') + 1));

        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));

        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void bodiesAndHeadersAreDocumented(Path file) {
        JsonNode kamelet = Yaml.read(file);
        JsonNode directions = kamelet.at("/spec/dataTypes");
        String type = kamelet.at("/metadata/labels")
                .path("camel.apache.org/kamelet.type")
                .asText();

        assertThat(directions.has(type.equals("source") ? "out" : "in")).isTrue();
        directions.forEach(direction -> {
            JsonNode types = direction.path("types");
            assertThat(types.has(direction.path("default").asText())).isTrue();
            types.forEach(body -> {
                assertThat(body.path("description").asText()).isNotBlank();
                assertThat(body.path("mediaType").asText()).contains("/");
                assertThat(body.has("headers")
                                || body.path("description").asText().contains("No header is read"))
                        .isTrue();
                body.path("headers").forEach(header -> {
                    assertThat(header.path("title").asText()).isNotBlank();
                    assertThat(header.path("description").asText()).isNotBlank();
                    assertThat(header.path("type").asText()).isNotBlank();
                });
            });
        });
    }

    /** The source hands on the consumer's headers, so it documents what the component's catalog does. */
    @Test
    void theSourceDocumentsEveryHeaderOfTheConsumer() {
        List<String> documented = new ArrayList<>();
        Yaml.read(Path.of("kamelets/cxone-assist-events-source.kamelet.yaml"))
                .at("/spec/dataTypes/out/types/json/headers")
                .fieldNames()
                .forEachRemaining(documented::add);
        List<String> consumers = new ArrayList<>();
        Kamelets.component().path("headers").properties().forEach(header -> {
            if (header.getValue().path("label").asText().equals("consumer")) {
                consumers.add(header.getKey());
            }
        });

        assertThat(documented).containsExactlyInAnyOrderElementsOf(consumers);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theDependencyOnThisJarHasTheVersionOfTheProject(Path file) {
        List<String> dependencies = new ArrayList<>();
        Yaml.read(file).at("/spec/dependencies").forEach(dependency -> dependencies.add(dependency.asText()));

        assertThat(dependencies)
                .contains("camel:kamelet", "mvn:io.github.cxoneassist:camel-cxone-assist:" + VERSION)
                .doesNotHaveDuplicates()
                .filteredOn(dependency -> dependency.startsWith("mvn:"))
                .hasSize(1);
    }

    @Test
    void theComponentsMetadataHasTheVersionOfTheProject() {
        assertThat(Kamelets.component().at("/component/version").asText()).isEqualTo(VERSION);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theClassPathCarriesTheSameBytes(Path file) throws IOException {
        try (InputStream inJar = getClass().getClassLoader().getResourceAsStream("kamelets/" + file.getFileName())) {
            assertThat(inJar).isNotNull().hasBinaryContent(Files.readAllBytes(file));
        }
    }

    /** Of two routes or steps with one id Camel refuses one, or lets the second replace the first. */
    @Test
    void noIdIsThereTwice() {
        List<String> ids = new ArrayList<>();
        Stream.concat(Yaml.routeFiles().stream(), kamelets().stream()).forEach(file -> {
            JsonNode yaml = Yaml.read(file);
            if (yaml.has("spec")) {
                ids.add(Kamelets.name(file));
            }
            Yaml.eachEntry(yaml.has("spec") ? yaml.at("/spec/template") : yaml, (key, value) -> {
                if (key.equals("id")) {
                    ids.add(value.asText());
                }
            });
        });

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    /** {@code kamelet:name/id}: the id becomes a route's, and a second use of it replaces the first. */
    @Test
    void noRouteGivesAKameletAnId() {
        List<String> uris = new ArrayList<>();
        Yaml.routeFiles()
                .forEach(file -> Yaml.eachEntry(Yaml.read(file), (key, value) -> {
                    if (key.equals("uri") && value.asText().startsWith("kamelet:")) {
                        uris.add(value.asText());
                    }
                }));

        assertThat(uris).isNotEmpty().noneMatch(uri -> uri.contains("/"));
    }

    private static String projectVersion() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of("pom.xml").toFile())
                    .getDocumentElement()
                    .getElementsByTagName("version")
                    // the first one in the file: this project has no parent
                    .item(0)
                    .getTextContent();
        } catch (Exception e) {
            throw new IllegalStateException("pom.xml could not be read", e);
        }
    }
}
