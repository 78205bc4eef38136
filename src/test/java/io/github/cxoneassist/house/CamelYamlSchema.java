package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Camel's own schema of its YAML DSL, of the version that is on the class path. */
final class CamelYamlSchema {

    private static final String RESOURCE = "/schema/camelYamlDsl.json";
    private static final String EXPRESSION = "#/items/definitions/org.apache.camel.model.language.ExpressionDefinition";

    private final JsonSchema schema;

    private CamelYamlSchema(JsonNode schema) {
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
    }

    /** All that Camel reads. */
    static CamelYamlSchema full() {
        return new CamelYamlSchema(load());
    }

    /**
     * The same without its shorthands: no text where an object can stand, and a language within {@code expression} only.
     * This version of Camel brings no such schema of its own, so the other one is cut down to it.
     */
    static CamelYamlSchema canonical() {
        JsonNode schema = load();
        schema.at("/items/definitions").forEach(definition -> {
            removeText(definition.path("oneOf"));
            if (removeBareLanguage(definition.path("anyOf"))) {
                removeIf(definition.path("properties").iterator(), JsonNode::isEmpty);
                ((ObjectNode) definition.path("properties")).putObject("expression");
            }
        });
        return new CamelYamlSchema(schema);
    }

    /** What is wrong with it, empty if nothing is. */
    List<String> violations(JsonNode yaml) {
        return schema.validate(yaml).stream().map(Object::toString).toList();
    }

    private static void removeText(JsonNode alternatives) {
        if (alternatives.size() > 1) {
            removeIf(
                    alternatives.iterator(),
                    alternative -> alternative.path("type").asText().equals("string"));
        }
    }

    private static boolean removeBareLanguage(JsonNode groups) {
        boolean removed = false;
        for (JsonNode group : groups) {
            JsonNode alternatives = group.path("oneOf");
            if (alternatives.path(0).path("$ref").asText().equals(EXPRESSION)) {
                // the second one allows that there is no expression at all
                ((ArrayNode) alternatives).remove(0);
                ((ArrayNode) alternatives).remove(0);
                removed = true;
            }
        }
        return removed;
    }

    private static void removeIf(Iterator<JsonNode> nodes, Predicate<JsonNode> unwanted) {
        while (nodes.hasNext()) {
            if (unwanted.test(nodes.next())) {
                nodes.remove();
            }
        }
    }

    private static JsonNode load() {
        try (InputStream in = CamelYamlSchema.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, RESOURCE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
