package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties of a Kamelet: said, used, secret where they have to be, and taken by the component. */
class KameletPropertiesTest {

    private static final String CREDENTIALS = "urn:camel:group:credentials";

    static List<Path> kamelets() {
        return Yaml.kameletFiles();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyPropertySaysWhatItIs(Path file) {
        assertThat(Yaml.read(file).at("/spec/definition/description").asText()).isNotBlank();
        Kamelets.properties(file).forEach((name, property) -> {
            assertThat(property.path("title").asText()).as(name).isNotBlank();
            assertThat(property.path("description").asText()).as(name).endsWith(".");
            assertThat(property.path("type").asText()).as(name).isIn("string", "boolean", "integer", "long", "binary");
        });
    }

    /** A Pipe takes a property of this name for the id of the instance. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void noPropertyIsNamedId(Path file) {
        assertThat(Kamelets.properties(file)).isNotEmpty().doesNotContainKey("id");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void whatIsDeclaredIsUsedAndWhatIsUsedIsDeclared(Path file) {
        Set<String> used = new TreeSet<>();
        Kamelets.placeholders(file).map(match -> match.group(2)).forEach(used::add);
        Kamelets.beans(file).forEach(used::remove);

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(Kamelets.properties(file).keySet());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aRequiredPropertyIsDeclared(Path file) {
        List<String> required = new ArrayList<>();
        Yaml.read(file).at("/spec/definition/required").forEach(name -> required.add(name.asText()));

        assertThat(Kamelets.properties(file).keySet()).containsAll(required);
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void anOptionalPropertyHasADefaultOrDropsOutWhereItIsNotSet(Path file) {
        List<String> required = new ArrayList<>();
        Yaml.read(file).at("/spec/definition/required").forEach(name -> required.add(name.asText()));
        Set<String> mandatory = new TreeSet<>();
        Set<String> dropsOut = new TreeSet<>();
        Kamelets.placeholders(file)
                .forEach(match -> (match.group(1).isEmpty() ? mandatory : dropsOut).add(match.group(2)));

        Kamelets.properties(file).forEach((name, property) -> {
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
        Kamelets.properties(file).forEach((name, property) -> {
            List<String> descriptors = new ArrayList<>();
            property.path("x-descriptors").forEach(descriptor -> descriptors.add(descriptor.asText()));
            boolean password = property.path("format").asText().equals("password");

            assertThat(descriptors).as(name).isEqualTo(password ? List.of(CREDENTIALS) : List.of());
        });
    }

    /** Without RAW a plus sign is lost, and the start prints what follows an ampersand; a bean gets what is written. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void aPasswordReachesTheEndpointRawAndNothingElseDoes(Path file) {
        JsonNode beans = Yaml.read(file).at("/spec/template/beans");
        Set<String> passwords = new TreeSet<>();
        Kamelets.properties(file).forEach((name, property) -> {
            if (property.path("format").asText().equals("password")
                    && !beans.toString().contains("{{" + name + "}}")) {
                passwords.add("RAW({{?" + name + "}})");
            }
        });
        assertThat(beans.toString()).doesNotContain("RAW(");
        Set<String> raw = new TreeSet<>();
        Set<String> bare = new TreeSet<>();
        Yaml.eachEntry(Yaml.read(file).at("/spec/template/from"), (key, value) -> {
            if (value.isTextual() && value.asText().startsWith("RAW(")) {
                raw.add(value.asText());
            } else if (value.isTextual()) {
                Kamelets.PLACEHOLDER
                        .matcher(value.asText())
                        .results()
                        .forEach(match -> bare.add("RAW(" + match.group() + ")"));
            }
        });

        assertThat(raw).isEqualTo(passwords);
        assertThat(bare).noneMatch(passwords::contains);
    }

    /** The component knows which of its options are secret; a Kamelet must not forget it. */
    @ParameterizedTest
    @MethodSource("kamelets")
    void aPropertyForASecretOptionIsAPassword(Path file) {
        JsonNode options = Kamelets.componentOptions();
        Kamelets.properties(file).forEach((name, property) -> {
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
        JsonNode options = Kamelets.componentOptions();

        Kamelets.endpoints(file)
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
                .filteredOn(file -> !Kamelets.endpoints(file).isEmpty())
                .extracting(Kamelets::name)
                .containsExactly("cxone-assist-events-source", "cxone-assist-sink");
    }
}
