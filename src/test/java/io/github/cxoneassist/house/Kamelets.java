package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the Kamelets of the repository say of themselves, and the component of itself. */
final class Kamelets {

    static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([A-Za-z0-9.-]+)}}");
    private static final String COMPONENT = "META-INF/io/github/cxoneassist/component/cxone-assist.json";

    private Kamelets() {}

    static String name(Path file) {
        return Yaml.read(file).at("/metadata/name").asText();
    }

    static Map<String, JsonNode> properties(Path file) {
        JsonNode properties = Yaml.read(file).at("/spec/definition/properties");
        assertThat(properties.isObject()).isTrue();
        return new ObjectMapper().convertValue(properties, new TypeReference<>() {});
    }

    /** Beans of a template are named by the same syntax as its properties. */
    static List<String> beans(Path file) {
        return Yaml.read(file).at("/spec/template/beans").findValuesAsText("name");
    }

    static Stream<MatchResult> placeholders(Path file) {
        return PLACEHOLDER
                .matcher(Yaml.read(file).at("/spec/template").toString())
                .results();
    }

    static List<JsonNode> endpoints(Path file) {
        JsonNode template = Yaml.read(file).at("/spec/template");
        return Stream.concat(Stream.of(template.path("from")), Yaml.steps(template).stream())
                .filter(step -> step.path("uri").asText().startsWith("cxone-assist:"))
                .toList();
    }

    static JsonNode componentOptions() {
        return component().path("properties");
    }

    static JsonNode component() {
        try {
            return new ObjectMapper()
                    .readTree(Path.of("src/generated/resources", COMPONENT).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
