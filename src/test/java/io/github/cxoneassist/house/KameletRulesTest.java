package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.pipeline.PipelineProperties;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a Kamelet a good one: the rules of Camel's own catalog that apply to Kamelets of others. */
class KameletRulesTest {

    private static final String CREDENTIALS = "urn:camel:group:credentials";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([A-Za-z0-9.-]+)}}");
    private static final String COMPONENT = "META-INF/io/github/cxoneassist/component/cxone-assist.json";
    private static final String VERSION = projectVersion();

    static List<Path> kamelets() {
        return Yaml.kameletFiles();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theNameIsTheStemOfTheFile(Path file) {
        assertThat(name(file) + ".kamelet.yaml").isEqualTo(file.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theNameAndTheTitleEndWithTheType(Path file) {
        JsonNode kamelet = Yaml.read(file);
        String type = kamelet.at("/metadata/labels")
                .path("camel.apache.org/kamelet.type")
                .asText();

        assertThat(type).isIn("source", "sink", "action");
        assertThat(name(file)).endsWith("-" + type);
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
    void everyPropertySaysWhatItIs(Path file) {
        assertThat(Yaml.read(file).at("/spec/definition/description").asText()).isNotBlank();
        properties(file).forEach((name, property) -> {
            assertThat(property.path("title").asText()).as(name).isNotBlank();
            assertThat(property.path("description").asText()).as(name).endsWith(".");
            assertThat(property.path("type").asText()).as(name).isIn("string", "boolean", "integer", "long", "binary");
        });
    }

    /** A Pipe takes a property of this name for the id of the instance. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void noPropertyIsNamedId(Path file) {
        assertThat(properties(file)).isNotEmpty().doesNotContainKey("id");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void whatIsDeclaredIsUsedAndWhatIsUsedIsDeclared(Path file) {
        Set<String> used = new TreeSet<>();
        placeholders(file).map(match -> match.group(2)).forEach(used::add);
        beans(file).forEach(used::remove);

        assertThat(used).containsExactlyInAnyOrderElementsOf(properties(file).keySet());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aRequiredPropertyIsDeclared(Path file) {
        List<String> required = new ArrayList<>();
        Yaml.read(file).at("/spec/definition/required").forEach(name -> required.add(name.asText()));

        assertThat(properties(file).keySet()).containsAll(required);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void anOptionalPropertyHasADefaultOrDropsOutWhereItIsNotSet(Path file) {
        List<String> required = new ArrayList<>();
        Yaml.read(file).at("/spec/definition/required").forEach(name -> required.add(name.asText()));
        Set<String> mandatory = new TreeSet<>();
        Set<String> dropsOut = new TreeSet<>();
        placeholders(file).forEach(match -> (match.group(1).isEmpty() ? mandatory : dropsOut).add(match.group(2)));

        properties(file).forEach((name, property) -> {
            if (property.has("default") || required.contains(name)) {
                assertThat(mandatory).contains(name);
                assertThat(dropsOut).doesNotContain(name);
            } else {
                assertThat(dropsOut).contains(name);
                assertThat(mandatory).doesNotContain(name);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aPasswordIsACredentialAndACredentialIsAPassword(Path file) {
        properties(file).forEach((name, property) -> {
            List<String> descriptors = new ArrayList<>();
            property.path("x-descriptors").forEach(descriptor -> descriptors.add(descriptor.asText()));
            boolean password = property.path("format").asText().equals("password");

            assertThat(descriptors).as(name).isEqualTo(password ? List.of(CREDENTIALS) : List.of());
        });
    }

    /** Without RAW a plus sign is lost, and the start prints what follows an ampersand. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void aPasswordReachesTheEndpointRawAndNothingElseDoes(Path file) {
        Set<String> passwords = new TreeSet<>();
        properties(file).forEach((name, property) -> {
            if (property.path("format").asText().equals("password")) {
                passwords.add("RAW({{?" + name + "}})");
            }
        });
        Set<String> raw = new TreeSet<>();
        Set<String> bare = new TreeSet<>();
        Yaml.eachEntry(Yaml.read(file).at("/spec/template"), (key, value) -> {
            if (value.isTextual() && value.asText().startsWith("RAW(")) {
                raw.add(value.asText());
            } else if (value.isTextual()) {
                PLACEHOLDER.matcher(value.asText()).results().forEach(match -> bare.add("RAW(" + match.group() + ")"));
            }
        });

        assertThat(raw).isEqualTo(passwords);
        assertThat(bare).noneMatch(passwords::contains);
    }

    /** The component knows which of its options are secret; a Kamelet must not forget it. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void aPropertyForASecretOptionIsAPassword(Path file) {
        JsonNode options = componentOptions();
        properties(file).forEach((name, property) -> {
            if (options.has(name)) {
                assertThat(property.path("format").asText().equals("password"))
                        .as(name)
                        .isEqualTo(options.path(name).path("secret").asBoolean());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void whatTheEndpointIsGivenIsAnOptionOfTheComponent(Path file) {
        JsonNode options = componentOptions();

        endpoints(file)
                .forEach(endpoint -> endpoint.path("parameters").fieldNames().forEachRemaining(option -> {
                    assertThat(options.has(option)).as(option).isTrue();
                    assertThat(options.path(option).path("kind").asText())
                            .as(option)
                            .isEqualTo("parameter");
                }));
    }

    @Test
    void theKameletsThatUseTheComponentAreKnown() {
        assertThat(kamelets())
                .filteredOn(file -> !endpoints(file).isEmpty())
                .extracting(KameletRulesTest::name)
                .containsExactly("cxone-assist-events-source", "cxone-assist-sink");
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
        component().path("headers").properties().forEach(header -> {
            if (header.getValue().path("label").asText().equals("consumer")) {
                consumers.add(header.getKey());
            }
        });

        assertThat(documented).containsExactlyInAnyOrderElementsOf(consumers);
    }

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
        assertThat(component().at("/component/version").asText()).isEqualTo(VERSION);
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
                ids.add(name(file));
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

    private static String name(Path file) {
        return Yaml.read(file).at("/metadata/name").asText();
    }

    private static Map<String, JsonNode> properties(Path file) {
        JsonNode properties = Yaml.read(file).at("/spec/definition/properties");
        assertThat(properties.isObject()).isTrue();
        return new ObjectMapper().convertValue(properties, new TypeReference<>() {});
    }

    /** Beans of a template are named by the same syntax as its properties. */
    private static List<String> beans(Path file) {
        return Yaml.read(file).at("/spec/template/beans").findValuesAsText("name");
    }

    private static Stream<MatchResult> placeholders(Path file) {
        return PLACEHOLDER
                .matcher(Yaml.read(file).at("/spec/template").toString())
                .results();
    }

    private static List<JsonNode> endpoints(Path file) {
        JsonNode template = Yaml.read(file).at("/spec/template");
        return Stream.concat(Stream.of(template.path("from")), Yaml.steps(template).stream())
                .filter(step -> step.path("uri").asText().startsWith("cxone-assist:"))
                .toList();
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

    private static JsonNode componentOptions() {
        return component().path("properties");
    }

    private static JsonNode component() {
        try {
            return new ObjectMapper()
                    .readTree(Path.of("src/generated/resources", COMPONENT).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
