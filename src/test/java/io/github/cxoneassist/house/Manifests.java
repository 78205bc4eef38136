package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the repository offers to a cluster: {@code config/kubernetes} and {@code config/camel-k}. */
final class Manifests {

    static final Path KUBERNETES = Path.of("config/kubernetes");
    static final Path CAMEL_K = Path.of("config/camel-k");

    private Manifests() {}

    static List<Path> files() {
        return Stream.of(KUBERNETES, CAMEL_K)
                .flatMap(folder -> Yaml.files(folder, ".yaml").stream())
                .toList();
    }

    static List<Kustomization> kustomizations() {
        return files().stream()
                .filter(Manifests::isKustomization)
                .map(Kustomization::of)
                .toList();
    }

    /** Objects and patches, but for lists of operations on JSON, which are patches without a kind. */
    static List<Manifest> all() {
        return files().stream()
                .filter(file -> !isKustomization(file))
                .flatMap(file -> Yaml.documents(file).stream().map(tree -> new Manifest(file, tree)))
                .filter(manifest -> !manifest.kind().isEmpty())
                .toList();
    }

    static List<Manifest> all(String kind) {
        return all().stream().filter(manifest -> manifest.is(kind)).toList();
    }

    /** Without patches: those hold only what they change. */
    static List<Manifest> whole(String kind) {
        return all(kind).stream()
                .filter(manifest -> !manifest.file().toString().contains("/overlays/"))
                .toList();
    }

    static boolean isKustomization(Path file) {
        return file.endsWith("kustomization.yaml");
    }

    static boolean isTemplate(Path file) {
        return file.endsWith("secret.template.yaml");
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static Manifest only(List<Manifest> objects, Predicate<Manifest> which) {
        List<Manifest> found = objects.stream().filter(which).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one but " + found + " of " + objects);
        }
        return found.get(0);
    }

    /** Names and values of variables, as Deployments and Integrations of the files give them to the program. */
    static Map<String, String> environment(Manifest manifest) {
        Map<String, String> variables = new TreeMap<>();
        list(manifest.at("/spec/template/spec/containers")).forEach(container -> list(container.path("env"))
                .forEach(variable -> variables.put(
                        variable.path("name").asText(), variable.path("value").asText())));
        list(manifest.at("/spec/traits/environment/vars")).forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            variables.put(parts[0], parts[1]);
        });
        return variables;
    }

    /** The lines of every properties file that stands in a ConfigMap or Secret, or is made into one. */
    static Map<String, Properties> propertiesFiles() {
        Map<String, Properties> files = new TreeMap<>();
        for (Manifest manifest : all()) {
            for (String part : List.of("data", "stringData")) {
                manifest.tree().path(part).properties().forEach(entry -> {
                    if (entry.getKey().endsWith(".properties")) {
                        files.put(
                                manifest + ": " + entry.getKey(),
                                parse(entry.getValue().asText()));
                    }
                });
            }
        }
        for (Path file : generatorFiles()) {
            files.put(file.toString(), read(file));
        }
        return files;
    }

    static List<Path> generatorFiles() {
        List<Path> files = new ArrayList<>();
        kustomizations().forEach(kustomization -> files.addAll(kustomization.generatorFiles()));
        return files;
    }

    static Properties read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Properties parse(String text) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
