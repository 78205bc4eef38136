package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SuggestionValidatorPropertyTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIELDS = List.of(
            "interactionId", "id", "content", "priority", "relevanceScore", "contextWindow", "source", "start", "end");

    private final SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);

    @Property(tries = 200)
    void anyTreeIsEitherValidOrRefusedWithAReason(@ForAll("trees") JsonNode tree) {
        assertJudged(validator.validate(tree, Samples.NOW));
    }

    @Property(tries = 200)
    void anyTreeInOneFieldIsEitherValidOrRefusedWithAReason(
            @ForAll("fields") String field, @ForAll("trees") JsonNode tree) {
        ObjectNode json = Samples.goodJson();
        json.set(field, tree);
        assertJudged(validator.validate(json, Samples.NOW));
    }

    @Property(tries = 300)
    void aValidSuggestionSurvivesItsOwnJson(@ForAll("suggestions") Suggestion suggestion) {
        Instant now = suggestion.contextWindow().start();
        assertThat(validator.validate(suggestion.toJson(), now)).isEqualTo(new Validation.Valid(suggestion));
    }

    @Property(tries = 300)
    void aValidSuggestionSurvivesTheWire(@ForAll("suggestions") Suggestion suggestion) {
        SuggestionReader.Item item = SuggestionReader.parse(suggestion.toJson().toString(), 100_000);
        assertThat(validator.validate(
                        ((SuggestionReader.Parsed) item).node(),
                        suggestion.contextWindow().end()))
                .isEqualTo(new Validation.Valid(suggestion));
    }

    private static void assertJudged(Validation validation) {
        if (validation instanceof Validation.Invalid invalid) {
            assertThat(invalid.violations()).isNotEmpty();
            assertThat(invalid.reason())
                    .isIn("invalid", "malformed", "too_large", "below_threshold", "outside_context_window");
        } else {
            assertThat(((Validation.Valid) validation).suggestion()).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(FIELDS);
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return trees(3);
    }

    private static Arbitrary<JsonNode> trees(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.strings().map(JSON::textNode),
                Arbitraries.of(
                                Samples.goodJson()
                                        .get("contextWindow")
                                        .get("start")
                                        .textValue(),
                                "HIGH")
                        .map(JSON::textNode),
                Arbitraries.doubles().map(JSON::numberNode),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0).map(JSON::numberNode),
                Arbitraries.bigDecimals().map(JSON::numberNode),
                Arbitraries.bigIntegers().map(n -> (JsonNode) JSON.numberNode(n)),
                Arbitraries.of(
                        JSON.nullNode(), JSON.missingNode(), JSON.booleanNode(true), JSON.pojoNode(Samples.NOW)));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> array = Arbitraries.lazy(() -> trees(depth - 1))
                .list()
                .ofMaxSize(3)
                .map(SuggestionValidatorPropertyTest::array);
        Arbitrary<JsonNode> object = Arbitraries.maps(Arbitraries.of(FIELDS), Arbitraries.lazy(() -> trees(depth - 1)))
                .ofMaxSize(FIELDS.size())
                .map(SuggestionValidatorPropertyTest::object);
        return Arbitraries.oneOf(leaf, array, object);
    }

    @Provide
    Arbitrary<Suggestion> suggestions() {
        Arbitrary<String> ids = visible(256);
        Arbitrary<Instant> starts = Combinators.combine(
                        Arbitraries.longs().between(0, 253_402_000_000L),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<ContextWindow> windows = Combinators.combine(
                        starts, Arbitraries.longs().between(0, 86_400_000))
                .as((start, millis) -> new ContextWindow(start, start.plusMillis(millis)));
        return Combinators.combine(
                        ids,
                        ids,
                        visible(4096),
                        Arbitraries.of(Priority.class),
                        Arbitraries.doubles().between(0.70, 1.0).ofScale(17),
                        windows,
                        visible(128).injectNull(0.3))
                .as(Suggestion::new);
    }

    /** Texts that keep all rules: no control, no surrogate half, no {@code <}; and one letter, so as not to be blank. */
    private static Arbitrary<String> visible(int maxLength) {
        return Arbitraries.strings()
                .withCharRange(' ', ';')
                .withCharRange('=', '~')
                .withCharRange('\u00A0', '\u2029')
                .withCharRange('\uE000', '\uFFFD')
                .ofMaxLength(maxLength - 1)
                .map(text -> text + "x");
    }

    private static JsonNode array(List<JsonNode> elements) {
        ArrayNode array = JSON.arrayNode();
        array.addAll(elements);
        return array;
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        ObjectNode object = JSON.objectNode();
        object.setAll(fields);
        return object;
    }
}
