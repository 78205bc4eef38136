package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.component.CxoneAssistConstants;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools and the endpoint DSL learn of the component: the metadata in the jar. */
class CatalogTest {

    private final JsonNode catalog = catalog();

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties", "headers"})
    void everyEntryHasADescription(String section) {
        assertThat(catalog.path(section).properties()).isNotEmpty().allSatisfy(entry -> assertThat(
                        entry.getValue().path("description").asText())
                .as(entry.getKey())
                .isNotBlank()
                .endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"componentProperties", "properties"})
    void theCredentialsAndNothingElseAreSecret(String section) {
        Set<String> secrets = new TreeSet<>();
        catalog.path(section).properties().forEach(option -> {
            if (option.getValue().path("secret").asBoolean()) {
                secrets.add(option.getKey());
            }
        });

        assertThat(secrets).containsExactly("accessKeyId", "accessKeySecret", "clientId", "clientSecret");
    }

    @Test
    void theComponentIsAsynchronousRemoteAndWorksBothWays() {
        JsonNode component = catalog.path("component");

        assertThat(component.path("scheme").asText()).isEqualTo("cxone-assist");
        assertThat(component.path("syntax").asText()).isEqualTo("cxone-assist:name");
        assertThat(component.path("async").asBoolean()).isTrue();
        assertThat(component.path("remote").asBoolean()).isTrue();
        assertThat(component.path("consumerOnly").asBoolean()).isFalse();
        assertThat(component.path("producerOnly").asBoolean()).isFalse();
        // a misspelt option stops the start
        assertThat(component.path("lenientProperties").asBoolean()).isFalse();
    }

    @Test
    void everyHeaderOfTheComponentIsListedWithItsDirection() throws IllegalAccessException {
        List<String> constants = new ArrayList<>();
        for (Field constant : CxoneAssistConstants.class.getFields()) {
            constants.add((String) constant.get(null));
        }

        assertThat(constants).isNotEmpty();
        assertThat(names("headers")).containsExactlyInAnyOrderElementsOf(constants);
        assertThat(catalog.path("headers")).allMatch(header -> Set.of("consumer", "producer")
                .contains(header.path("label").asText()));
    }

    /** What can be set for one session can be set for all of them. */
    @Test
    void everyOptionOfAnEndpointCanBeSetOnTheComponentWithTheSameDefault() {
        List<String> ownOfEndpoints = List.of("name", "exceptionHandler", "exchangePattern");

        catalog.path("properties").properties().stream()
                .filter(option -> !ownOfEndpoints.contains(option.getKey()))
                .forEach(option -> assertThat(catalog.path("componentProperties")
                                .path(option.getKey())
                                .path("defaultValue"))
                        .as(option.getKey())
                        .isEqualTo(option.getValue().path("defaultValue")));
        assertThat(names("componentProperties"))
                .containsAll(names("properties").stream()
                        .filter(name -> !ownOfEndpoints.contains(name))
                        .toList());
    }

    @Test
    void aMisspeltOptionStopsTheStartAndIsNamed() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("cxone-assist:x?region=eu&reconectDelay=500");
                }
            });

            assertThatThrownBy(context::start)
                    .hasRootCauseInstanceOf(ResolveEndpointFailedException.class)
                    .rootCause()
                    .hasMessageContaining("reconectDelay");
        }
    }

    private Set<String> names(String section) {
        Set<String> names = new TreeSet<>();
        catalog.path(section).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode catalog() {
        try (InputStream in =
                CatalogTest.class.getResourceAsStream("/META-INF/io/github/cxoneassist/component/cxone-assist.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
