package io.github.cxoneassist.suggestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that a straightforward client sends on, or refuses for the wrong reason; each with what is wrong with it. */
class BadInputCorpusTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_BYTES = 64 * 1024;

    private final SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"scores", "contents", "ids", "priorities"})
    void aBadFieldIsRefusedForItsTrueReason(String field, String input, String expected) {
        ObjectNode json = Samples.goodJson();
        JsonNode value = read(input);
        if (value.isMissingNode()) {
            json.remove(field);
        } else {
            json.set(field, value);
        }
        assertThat(verdict(json)).isEqualTo(field + " " + expected);
    }

    static Stream<Arguments> scores() {
        return rows("relevanceScore", """
                absent | missing
                null | missing
                "zzz" | wrong_type
                "0.9" | wrong_type
                "NaN" | wrong_type
                "Infinity" | wrong_type
                "" | wrong_type
                true | wrong_type
                [0.9] | wrong_type
                {} | wrong_type
                850 | out_of_range
                1.0000001 | out_of_range
                -0.1 | out_of_range
                1e400 | not_finite
                -1e400 | not_finite
                0.1 | below_threshold
                0 | below_threshold
                """);
    }

    static Stream<Arguments> contents() {
        return rows("content", """
                absent | missing
                null | missing
                {} | wrong_type
                ["text"] | wrong_type
                5 | wrong_type
                "" | blank
                "   " | blank
                "\\u00a0" | blank
                "\\u200b\\u2060\\ufeff" | blank
                "\\n\\t" | blank
                "\\u3164" | blank
                "<img src=x onerror=alert(1)>" | markup
                "see </b>" | markup
                "<!-- x -->" | markup
                "<?xml?>" | markup
                "pay \\u202e 001$" | unsafe_characters
                "pay \\u2066 now" | unsafe_characters
                "nul \\u0000" | unsafe_characters
                "line\\r\\nbreak" | unsafe_characters
                "bell \\u0085" | unsafe_characters
                "half \\ud800" | unsafe_characters
                "half \\udc00\\ud800" | unsafe_characters
                """);
    }

    static Stream<Arguments> ids() {
        String rows = """
                absent | missing
                null | missing
                "" | blank
                " " | blank
                "\\u00a0" | blank
                5 | wrong_type
                true | wrong_type
                {} | wrong_type
                ["a"] | wrong_type
                "a\\tb" | unsafe_characters
                "a\\ud800" | unsafe_characters
                "a\\u202eb" | unsafe_characters
                """;
        return Stream.concat(rows("id", rows), rows("interactionId", rows));
    }

    static Stream<Arguments> priorities() {
        return rows("priority", """
                absent | missing
                null | missing
                "BANANA" | unknown_priority
                "high" | unknown_priority
                " HIGH" | unknown_priority
                "" | unknown_priority
                1 | wrong_type
                ["HIGH"] | wrong_type
                """);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("windows")
    void aBadWindowIsRefusedForItsTrueReason(String input, String expected) {
        ObjectNode json = Samples.goodJson();
        JsonNode value = read(input);
        if (value.isMissingNode()) {
            json.remove("contextWindow");
        } else {
            json.set("contextWindow", value);
        }
        assertThat(verdict(json)).isEqualTo(expected);
    }

    static Stream<Arguments> windows() {
        String notInstants = "contextWindow.start not_an_instant, contextWindow.end not_an_instant";
        return Stream.of(
                Arguments.of("absent", "contextWindow missing"),
                Arguments.of("null", "contextWindow missing"),
                Arguments.of("\"garbage\"", "contextWindow wrong_type"),
                Arguments.of("[]", "contextWindow wrong_type"),
                Arguments.of("{}", "contextWindow.start missing, contextWindow.end missing"),
                Arguments.of(window("null", "null"), "contextWindow.start missing, contextWindow.end missing"),
                Arguments.of(window("\"garbage\"", "\"garbage\""), notInstants),
                Arguments.of(window("\"\"", "\" \""), notInstants),
                Arguments.of(window("\"garbage\"", "\"2999-01-01T00:00:00Z\""), "contextWindow.start not_an_instant"),
                Arguments.of(window("\"2026-11-22T08:00:00Z\"", "\"garbage\""), "contextWindow.end not_an_instant"),
                Arguments.of(window("\"2026-11-22\"", "\"2026-11-23\""), notInstants),
                Arguments.of(window("\"Nov 22, 2026 8:00 AM\"", "\"Sunday\""), notInstants),
                Arguments.of(window("\"2026-11-22T08:00:00\"", "\"2026-11-22T09:00:00\""), notInstants),
                Arguments.of(
                        window("1795334400", "1795334400000"),
                        "contextWindow.start wrong_type, contextWindow.end wrong_type"),
                Arguments.of(window("\"1795334400\"", "\"123\""), notInstants),
                Arguments.of(window("\"2026-02-30T08:00:00Z\"", "\"2026-02-29T08:00:00Z\""), notInstants),
                Arguments.of(
                        window("\"2026-11-22T08:05:00Z\"", "\"2026-11-22T08:00:00Z\""),
                        "contextWindow start_after_end"),
                Arguments.of(
                        window("\"1970-01-01T00:00:00Z\"", "\"2999-01-01T00:00:00Z\""),
                        "contextWindow window_too_long"),
                Arguments.of(
                        window("\"1970-01-01T00:00:00Z\"", "\"1999-01-01T00:00:00Z\""),
                        "contextWindow window_too_long, contextWindow outside_context_window"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbersThatJsonCannotHold")
    void aScoreThatJsonCannotHoldIsNotFinite(double score) {
        assertThat(verdict(Samples.goodJson().put("relevanceScore", score))).isEqualTo("relevanceScore not_finite");
    }

    static Stream<Double> numbersThatJsonCannotHold() {
        return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest(name = "message {index}: {1}")
    @MethodSource("messages")
    void aMessageThatIsNoSuggestionIsRefusedAsAWhole(String message, Code expected) {
        Validation verdict =
                validator.validate(SuggestionReader.parse(message.getBytes(UTF_8), MAX_BYTES), Samples.NOW);
        assertThat(((Validation.Invalid) verdict).violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("", expected));
    }

    static Stream<Arguments> messages() {
        String good = Samples.goodJson().toString();
        return Stream.of(
                Arguments.of("", Code.MALFORMED),
                Arguments.of("null", Code.MALFORMED),
                Arguments.of("5", Code.MALFORMED),
                Arguments.of("[]", Code.MALFORMED),
                Arguments.of("[" + good + "]", Code.MALFORMED),
                Arguments.of("not json", Code.MALFORMED),
                Arguments.of(good + good, Code.MALFORMED),
                Arguments.of(good + " x", Code.MALFORMED),
                Arguments.of(good.substring(0, good.length() - 1), Code.MALFORMED),
                Arguments.of(good.replace("0.85", "NaN"), Code.MALFORMED),
                Arguments.of(good.replace("\"id\":", "\"id\":\"s-0\",\"id\":"), Code.MALFORMED),
                Arguments.of(good.replace("Verify", "x".repeat(5_000_000)), Code.TOO_LARGE),
                Arguments.of(good.replace("0.85", "0." + "8".repeat(2000)), Code.TOO_LARGE),
                Arguments.of(good.replace("0.85", "[".repeat(64) + "]".repeat(64)), Code.TOO_DEEP));
    }

    private String verdict(JsonNode json) {
        List<Violation> violations = ((Validation.Invalid) validator.validate(json, Samples.NOW)).violations();
        return violations.stream()
                .map(v -> v.field() + " " + v.code().wireName())
                .collect(Collectors.joining(", "));
    }

    private static String window(String start, String end) {
        return "{\"start\":" + start + ",\"end\":" + end + "}";
    }

    private static JsonNode read(String input) {
        return input.equals("absent")
                ? JSON.missingNode()
                : ((SuggestionReader.Parsed) SuggestionReader.parse(input, MAX_BYTES)).node();
    }

    private static Stream<Arguments> rows(String field, String table) {
        return table.lines().map(row -> row.split(" \\| ")).map(row -> Arguments.of(field, row[0], row[1]));
    }
}
