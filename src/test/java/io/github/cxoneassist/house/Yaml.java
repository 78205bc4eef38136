package io.github.cxoneassist.house;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The YAML files of the repository, as they are in the working copy. */
final class Yaml {

    // a key that is there twice is an error, not the last one wins
    private static final ObjectMapper MAPPER =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Yaml() {}

    static List<Path> routeFiles() {
        return files(Path.of("routes"), ".camel.yaml");
    }

    static List<Path> kameletFiles() {
        return files(Path.of("kamelets"), ".kamelet.yaml");
    }

    static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    static JsonNode parse(String yaml) {
        try {
            return MAPPER.readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file may hold several documents, parted by a line of three dashes. */
    static List<JsonNode> documents(Path file) {
        try (MappingIterator<JsonNode> documents =
                MAPPER.readerFor(JsonNode.class).readValues(Files.readString(file))) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Shows every entry of every object of a tree, however deep. */
    static void eachEntry(JsonNode tree, BiConsumer<String, JsonNode> visitor) {
        tree.properties().forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
        tree.forEach(child -> eachEntry(child, visitor));
    }

    /** What each step of a tree is given, whatever its kind. */
    static List<JsonNode> steps(JsonNode tree) {
        List<JsonNode> steps = new ArrayList<>();
        eachEntry(tree, (key, value) -> {
            if (key.equals("steps")) {
                value.forEach(step -> step.forEach(steps::add));
            }
        });
        return steps;
    }

    static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
