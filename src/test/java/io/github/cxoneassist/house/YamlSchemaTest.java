package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route file and every Kamelet is what Camel's schema says, in canonical form. */
class YamlSchemaTest {

    private static final CamelYamlSchema FULL = CamelYamlSchema.full();
    private static final CamelYamlSchema CANONICAL = CamelYamlSchema.canonical();

    /** Beside the route of a file: what only that route uses. */
    private static final Set<String> COMPANIONS = Set.of("beans", "onException");

    static List<Path> routeFiles() {
        return Yaml.routeFiles();
    }

    static List<Path> kameletFiles() {
        return Yaml.kameletFiles();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aRouteFileKeepsToCamelsSchema(Path file) {
        assertThat(FULL.violations(Yaml.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kameletFiles")
    void aKameletsTemplateKeepsToCamelsSchema(Path file) {
        assertThat(FULL.violations(asRoute(Yaml.read(file)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aRouteFileUsesNoShorthand(Path file) {
        assertThat(CANONICAL.violations(Yaml.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kameletFiles")
    void aKameletsTemplateUsesNoShorthand(Path file) {
        assertThat(CANONICAL.violations(asRoute(Yaml.read(file)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aRouteFileHoldsOneRouteAndWhatBelongsToIt(Path file) {
        List<String> entries = new ArrayList<>();
        Yaml.read(file).forEach(entry -> entry.fieldNames().forEachRemaining(entries::add));

        assertThat(entries).containsOnlyOnce("route");
        assertThat(entries).filteredOn(entry -> !entry.equals("route")).allMatch(COMPANIONS::contains);
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void aRouteSaysItsIdAndWhatItIsFor(Path file) {
        assertThat(Yaml.read(file).findValues("route")).allSatisfy(route -> {
            assertThat(route.path("id").asText()).matches("[a-z][a-z0-9-]*");
            assertThat(route.path("description").asText()).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void everyStepOfARouteHasAnIdThatBeginsWithTheRoutes(Path file) {
        JsonNode yaml = Yaml.read(file);
        String routeId = yaml.findValue("route").path("id").asText();

        assertThat(Yaml.steps(yaml)).isNotEmpty().allMatch(step -> id(step).startsWith(routeId + "-"));
    }

    @ParameterizedTest
    @MethodSource("kameletFiles")
    void everyStepOfAKameletHasAnIdThatBeginsWithTheKamelets(Path file) {
        JsonNode kamelet = Yaml.read(file);
        String name = kamelet.at("/metadata/name").asText();

        assertThat(Yaml.steps(kamelet)).isNotEmpty().allMatch(step -> id(step).startsWith(name + "-"));
    }

    @ParameterizedTest
    @MethodSource({"routeFiles", "kameletFiles"})
    void optionsStandUnderParametersAndNotInTheUri(Path file) {
        List<String> uris = new ArrayList<>();
        Yaml.eachEntry(Yaml.read(file), (key, value) -> {
            if (key.equals("uri")) {
                uris.add(value.asText());
            }
        });

        assertThat(uris).isNotEmpty().noneMatch(uri -> uri.contains("?"));
    }

    /** The application starts what lies in these two folders; a file elsewhere would be checked here and never run. */
    @Test
    void everyRouteFileLiesWhereTheApplicationLooks() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactlyInAnyOrderElementsOf(Yaml.routeFiles())
                    .extracting(Path::getParent)
                    .containsOnly(Path.of("routes"), Path.of("routes/sources"));
        }
    }

    @Test
    void aMisspeltKeyOfAStepIsReported() throws IOException {
        String file = Files.readString(Path.of("routes/sources/file.camel.yaml"));

        assertThat(FULL.violations(Yaml.parse(file.replace("stopOnException:", "stopOnExeption:"))))
                .anyMatch(violation -> violation.contains("'stopOnExeption'"));
    }

    @Test
    void aMisspeltKeyOfAKameletIsReported() throws IOException {
        String file = Files.readString(Path.of("kamelets/cxone-assist-sink.kamelet.yaml"));

        assertThat(FULL.violations(asRoute(Yaml.parse(file.replace("completionEager:", "completionEeger:")))))
                .anyMatch(violation -> violation.contains("'completionEeger'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "to: direct:x",
                "log: hello",
                "setBody: {simple: {expression: x}}",
                "setBody: {expression: {simple: x}}",
                "filter: {steps: []}",
            })
    void aShorthandIsValidButReportedAsNotCanonical(String step) {
        JsonNode route = Yaml.parse("- route: {id: r, from: {uri: 'direct:r', steps: [{%s}]}}".formatted(step));

        assertThat(FULL.violations(route)).isEmpty();
        assertThat(CANONICAL.violations(route)).isNotEmpty();
    }

    private static String id(JsonNode step) {
        return step.path("id").asText();
    }

    private static JsonNode asRoute(JsonNode kamelet) {
        ObjectNode template = kamelet.at("/spec/template").deepCopy();
        ArrayNode file = JsonNodeFactory.instance.arrayNode();
        JsonNode beans = template.remove("beans");
        if (beans != null) {
            file.addObject().set("beans", beans);
        }
        file.addObject().set("route", template);
        return file;
    }
}
