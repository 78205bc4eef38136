package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Camel K's own definitions of its objects, of the version that is on the class path. */
final class CamelKDefinitions {

    private static final String API_VERSION = "camel.apache.org/v1";

    private static final Map<String, JsonNode> DEFINITIONS = Stream.of("Integration", "Pipe", "Kamelet")
            .collect(Collectors.toMap(Function.identity(), CamelKDefinitions::load));

    private static final Map<String, JsonSchema> SCHEMAS = DEFINITIONS.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> closed(entry.getValue())));

    private CamelKDefinitions() {}

    static boolean know(Manifest manifest) {
        return manifest.tree().path("apiVersion").asText().equals(API_VERSION) && SCHEMAS.containsKey(manifest.kind());
    }

    static List<String> problems(Manifest manifest) {
        return SCHEMAS.get(manifest.kind()).validate(manifest.tree()).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** The options of each trait, by the trait's name. */
    static JsonNode traits() {
        return DEFINITIONS.get("Integration").at("/properties/spec/properties/traits/properties");
    }

    private static JsonNode load(String kind) {
        String resource = "/camel.apache.org_" + kind.toLowerCase() + "s.yaml";
        try (InputStream yaml = CamelKDefinitions.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(yaml, resource).readAllBytes(), StandardCharsets.UTF_8);
            for (JsonNode version : Yaml.parse(text).at("/spec/versions")) {
                if (version.path("name").asText().equals("v1")) {
                    return version.at("/schema/openAPIV3Schema");
                }
            }
            throw new IllegalStateException(resource + " has no v1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cluster drops the fields that a definition does not name; here they are an error. */
    private static JsonSchema closed(JsonNode definition) {
        JsonNode closed = definition.deepCopy();
        close(closed);
        // Kubernetes defines it itself
        ((ObjectNode) closed.at("/properties/metadata")).put("additionalProperties", true);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(closed);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(CamelKDefinitions::close);
    }
}
