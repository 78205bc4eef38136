package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Settings that the program has, Kamelets and traits that exist, and secrets nowhere. */
class ManifestSettingsTest extends ManifestsFixture {

    @Test
    void everyVariableOfTheEnvironmentIsASetting() {
        Set<String> settings = new TreeSet<>();
        defaults().stringPropertyNames().forEach(name -> settings.add(variable(name)));
        Set<String> variables = new TreeSet<>();
        Manifests.all()
                .forEach(manifest ->
                        variables.addAll(Manifests.environment(manifest).keySet()));
        Manifests.all("Secret")
                .forEach(secret -> secret.tree().path("stringData").fieldNames().forEachRemaining(key -> {
                    if (key.equals(key.toUpperCase())) {
                        variables.add(key);
                    }
                }));
        variables.remove("JAVA_OPTS");

        assertThat(variables).hasSizeGreaterThan(10).isSubsetOf(settings);
    }

    @Test
    void everySettingOfAPropertiesFileExists() {
        Set<String> names = new TreeSet<>();
        Manifests.propertiesFiles().values().forEach(file -> names.addAll(file.stringPropertyNames()));
        names.removeIf(name -> name.startsWith("camel.kamelet."));

        assertThat(names).hasSizeGreaterThan(10).isSubsetOf(defaults().stringPropertyNames());
    }

    @Test
    void everyPropertyThatIsGivenToAKameletIsOneOfIts() {
        Set<String> names = new TreeSet<>();
        Manifests.propertiesFiles().values().forEach(file -> names.addAll(file.stringPropertyNames()));
        names.removeIf(name -> !name.startsWith("camel.kamelet."));

        assertThat(names).hasSize(9).allSatisfy(name -> {
            String[] parts = name.split("\\.");
            assertThat(parts).hasSize(4);
            assertThat(ClusterKamelets.properties(parts[2])).contains(parts[3]);
        });
    }

    @Test
    void everyPipeNamesKameletsThatThereAreAndPropertiesThatTheyHave() {
        assertThat(Manifests.all("Pipe")).hasSize(2).allSatisfy(pipe -> assertThat(endpoints(pipe))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(endpoint -> {
                    String kamelet = endpoint.at("/ref/name").asText();
                    assertThat(ClusterKamelets.names()).contains(kamelet);
                    endpoint.path("properties").fieldNames().forEachRemaining(property -> assertThat(
                                    ClusterKamelets.properties(kamelet))
                            .as(kamelet)
                            .contains(property));
                }));
    }

    /** What a Kamelet must be given stands in the Pipe or, where it is secret, in the template of the Secret. */
    @Test
    void everyPropertyThatAKameletOfAPipeMustHaveIsGiven() {
        Set<String> given = Manifests.propertiesFiles().values().stream()
                .flatMap(file -> file.stringPropertyNames().stream())
                .collect(Collectors.toSet());

        assertThat(Manifests.all("Pipe")).allSatisfy(pipe -> endpoints(pipe).forEach(endpoint -> {
            String kamelet = endpoint.at("/ref/name").asText();
            assertThat(ClusterKamelets.required(kamelet))
                    .as(kamelet)
                    .allMatch(property -> endpoint.path("properties").has(property)
                            || given.contains("camel.kamelet." + kamelet + "." + property));
        }));
    }

    @Test
    void everyTraitOfAPipeExists() {
        List<String> annotations = new ArrayList<>();
        Manifests.all("Pipe").forEach(pipe -> pipe.at("/metadata/annotations")
                .fieldNames()
                .forEachRemaining(name -> annotations.add(name.replace("trait.camel.apache.org/", ""))));

        assertThat(annotations).isNotEmpty().allSatisfy(annotation -> {
            String[] parts = annotation.split("\\.");
            assertThat(CamelKDefinitions.traits().has(parts[0])).isTrue();
            List<String> options = new ArrayList<>();
            CamelKDefinitions.traits()
                    .path(parts[0])
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(option -> options.add(kebab(option)));
            assertThat(options).contains(parts[1]);
        });
    }

    @Test
    void noTemplateOfASecretHasAValue() {
        assertThat(Manifests.all("Secret")).hasSize(5).allSatisfy(secret -> {
            assertThat(secret.tree().has("data")).isFalse();
            secret.tree().path("stringData").properties().forEach(entry -> {
                if (entry.getKey().endsWith(".properties")) {
                    assertThat(Manifests.parse(entry.getValue().asText()).values())
                            .isNotEmpty()
                            .allSatisfy(value -> assertThat(value).asString().isBlank());
                } else {
                    assertThat(entry.getValue().asText()).isEmpty();
                }
            });
        });
    }

    /** Applied, it would put nothing in the place of what is there. */
    @Test
    void noKustomizationAppliesATemplateOfASecret() {
        assertThat(Manifests.kustomizations()).allSatisfy(kustomization -> assertThat(kustomization.objects())
                .noneMatch(object -> object.is("Secret")));
    }

    @Test
    void nothingSecretStandsWhereEverybodyMayRead() {
        List<String> readable = new ArrayList<>();
        Manifests.propertiesFiles().forEach((file, properties) -> {
            if (!file.contains("secret.template.yaml")) {
                properties.forEach((name, value) -> readable.add(file + ": " + name));
            }
        });
        Manifests.all().forEach(manifest -> Manifests.environment(manifest)
                .keySet()
                .forEach(name -> readable.add(manifest + ": " + name.replaceAll("_KEY_FILE$", "_FILE"))));
        Manifests.all("Pipe").forEach(pipe -> endpoints(pipe).forEach(endpoint -> endpoint.path("properties")
                .fieldNames()
                .forEachRemaining(name -> readable.add(pipe + ": " + name))));
        // what masks secrets names them
        readable.removeIf(name -> name.endsWith(": camel.main.additional-sensitive-keywords"));

        assertThat(readable).hasSizeGreaterThan(20).noneMatch(name -> SECRET_NAME
                .matcher(name.substring(name.lastIndexOf(": ")))
                .matches());
    }

    @Test
    void noAddressCarriesAPassword() throws IOException {
        for (Path file : Manifests.files()) {
            assertThat(Files.readString(file)).doesNotContainPattern("://[^/\\s]*:[^/\\s]*@|[?&](password|user)=");
        }
    }
}
