package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.Validation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign JSON as a suggestion, by settings alone. */
class MapActionTest extends CamelTestSupport {

    private static final String ARTICLE = """
            {"call": {"id": 4711}, "hits": [{"key": "kb-1", "text": "Offer a refund", "score": "0.91", "level": "high",
             "from": "2026-11-22T07:59:00Z", "to": "2026-11-22T08:10:00+00:00", "origin": "kb"}, {"text": "other"}]}""";

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getRegistry().bind("clock", Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC));
        return created;
    }

    @Test
    void everyFieldIsFoundByItsJsonPath() throws Exception {
        assertThat(mapped(
                        ARTICLE,
                        "interactionId",
                        "$.call.id",
                        "suggestionId",
                        "$.hits[0].key",
                        "content",
                        "$.hits[?(@.score)].text",
                        "priority",
                        "$.hits[0].level",
                        "relevanceScore",
                        "$.hits[0].score",
                        "windowStart",
                        "$.hits[0].from",
                        "windowEnd",
                        "$.hits[0].to",
                        "source",
                        "$.hits[0].origin"))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"interactionId": "4711", "id": "kb-1", "content": "Offer a refund", "priority": "HIGH",
                                 "relevanceScore": 0.91, "source": "kb", "contextWindow":
                                  {"start": "2026-11-22T07:59:00Z", "end": "2026-11-22T08:10:00+00:00"}}"""));
    }

    @Test
    void everyFieldIsFoundByItsJq() throws Exception {
        assertThat(mapped(
                        ARTICLE,
                        "language",
                        "jq",
                        "interactionId",
                        ".call.id",
                        "suggestionId",
                        ".hits[0].key",
                        "content",
                        "[.hits[].text] | join(\", \")",
                        "priority",
                        "if (.hits[0].score | tonumber) > 0.9 then \"CRITICAL\" else \"LOW\" end",
                        "relevanceScore",
                        ".hits[0].score | tonumber"))
                .isEqualTo(new ObjectMapper().readTree("""
                                {"interactionId": "4711", "id": "kb-1", "content": "Offer a refund, other",
                                 "priority": "CRITICAL", "relevanceScore": 0.91, "contextWindow":
                                  {"start": "2026-11-22T08:00:00Z", "end": "2026-11-22T08:05:00Z"}}"""));
    }

    @Test
    void defaultsStandInForWhatIsNotFound() throws Exception {
        JsonNode suggestion = mapped(
                "{\"c\": \"call\", \"t\": \"text\", \"p\": null}",
                "interactionId",
                "$.c",
                "content",
                "$.t",
                "priority",
                "$.p",
                "defaultPriority",
                "LOW",
                "relevanceScore",
                "$.s",
                "defaultRelevanceScore",
                "0.8",
                "source",
                "$.o",
                "defaultSource",
                "model",
                "windowEnd",
                "$.e",
                "windowLength",
                "90s");

        assertThat(suggestion.get("priority").asText()).isEqualTo("LOW");
        assertThat(suggestion.get("relevanceScore").asDouble()).isEqualTo(0.8);
        assertThat(suggestion.get("source").asText()).isEqualTo("model");
        assertThat(suggestion.at("/contextWindow/end").asText()).isEqualTo("2026-11-22T08:01:30Z");
    }

    @Test
    void withoutAnExpressionTheIdIsADigestOfInteractionAndContent() throws Exception {
        String[] mapping = {"interactionId", "$.c", "content", "$.t", "defaultRelevanceScore", "0.8"};
        String id =
                mapped("{\"c\": \"call\", \"t\": \"text\"}", mapping).get("id").asText();

        assertThat(id).isEqualTo("15951086b8b61206ab3afd66e78cf0062a96cb41a975424b10766b190c38d1a4");
        assertThat(mapped("{\"c\": \"call\", \"t\": \"other\"}", mapping)
                        .get("id")
                        .asText())
                .isNotEqualTo(id);
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNamedWithItsExpressionAllAtOnce() throws Exception {
        Validation.Invalid invalid = refused(
                "{\"call\": \"c\", \"text\": [\"one\", \"two\"], \"score\": {\"value\": 1}, \"level\": \"soon\"}",
                "interactionId",
                "$.call",
                "suggestionId",
                "$.key",
                "content",
                "$.text",
                "priority",
                "$.level",
                "relevanceScore",
                "$.score");

        assertThat(invalid.interactionId()).isEqualTo("c");
        assertThat(invalid.reason()).isEqualTo("invalid");
        assertThat(invalid.violations())
                .extracting(
                        violation -> violation.field() + " " + violation.code().wireName() + " " + violation.message())
                .contains(
                        "content wrong_type must be a text, but $.text finds an array of 2",
                        "relevanceScore wrong_type must be a number, but $.score finds an object",
                        "id missing is missing: $.key finds nothing in what came")
                .anyMatch(line -> line.startsWith("priority unknown_priority"))
                .hasSize(4);
    }

    @Test
    void aJqThatFailsOnWhatCameIsNamed() throws Exception {
        assertThat(refused(
                                "[1]",
                                "language",
                                "jq",
                                "interactionId",
                                ".call",
                                "content",
                                "\"x\"",
                                "defaultRelevanceScore",
                                "0.8")
                        .violations())
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.message()).isEqualTo("is missing: .call fails on what came"));
    }

    @Test
    void whatIsNoJsonIsHandedOnForTheSinkToRefuse() throws Exception {
        assertThat(map("{\"call\":", "interactionId", "$.c", "content", "$.t"))
                .isInstanceOf(SuggestionReader.Unreadable.class);
    }

    @Test
    void aBodyOverOneMebibyteIsHandedOnForTheSinkToRefuse() throws Exception {
        assertThat(map("\"" + "x".repeat(1024 * 1024) + "\"", "interactionId", "$.c", "content", "$.t"))
                .isInstanceOf(SuggestionReader.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jsonpath | $.[
                    jsonpath | ${header.secret}
                    jq       | .[
                    xpath    | /call
                    """)
    void anExpressionThatNobodyCanReadStopsTheStart(String language, String expression) {
        assertThatThrownBy(() -> map("{}", "language", language, "interactionId", expression, "content", "$.t"))
                .isInstanceOf(FailedToCreateRouteException.class);
    }

    private JsonNode mapped(String foreign, String... mapping) throws Exception {
        Object body = map(foreign, mapping);
        assertThat(body).isInstanceOf(String.class);
        return new ObjectMapper().readTree((String) body);
    }

    private Validation.Invalid refused(String foreign, String... mapping) throws Exception {
        return (Validation.Invalid) map(foreign, mapping);
    }

    private Object map(String foreign, String... mapping) throws Exception {
        for (int i = 0; i < mapping.length; i += 2) {
            context.getPropertiesComponent()
                    .addOverrideProperty("camel.kamelet.cxone-assist-map-action." + mapping[i], mapping[i + 1]);
        }
        if (context.getRoute("mapping") == null) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:foreign").routeId("mapping").to("kamelet:cxone-assist-map-action");
                }
            });
        }
        Exchange answer = template.send("direct:foreign", exchange -> {
            exchange.getMessage().setBody(foreign);
            exchange.getMessage().setHeader("secret", "hidden");
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
        return answer.getMessage().getBody();
    }
}
