package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The Kamelets that a Pipe finds in a cluster: ours, and those of Camel's own catalog that our Pipes use. */
final class ClusterKamelets {

    private static final List<String> OF_THE_CATALOG = List.of("kafka-source", "kafka-sink");

    private static final Map<String, JsonNode> DEFINITIONS = new TreeMap<>();

    static {
        for (Path file : Yaml.kameletFiles()) {
            DEFINITIONS.put(Kamelets.name(file), Yaml.read(file).at("/spec/definition"));
        }
        for (String name : OF_THE_CATALOG) {
            DEFINITIONS.put(name, ofTheCatalog(name));
        }
    }

    private ClusterKamelets() {}

    static Set<String> names() {
        return DEFINITIONS.keySet();
    }

    static Set<String> properties(String kamelet) {
        Set<String> names = new TreeSet<>();
        DEFINITIONS.get(kamelet).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Set<String> required(String kamelet) {
        return Manifests.list(DEFINITIONS.get(kamelet).path("required")).stream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static JsonNode ofTheCatalog(String name) {
        try (InputStream yaml = ClusterKamelets.class.getResourceAsStream("/kamelets/" + name + ".kamelet.yaml")) {
            return Yaml.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8))
                    .at("/spec/definition");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
