package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSuggestionsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456789Z");
    private static final Path TEMPLATE = Path.of("config/sandbox/sample.ndjson");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "@NOW@, 2026-11-22T08:00:00.123Z",
        "@NOW-1m@, 2026-11-22T07:59:00.123Z",
        "@NOW+5m@, 2026-11-22T08:05:00.123Z",
        "@NOW+10s@, 2026-11-22T08:00:10.123Z",
        "@NOW-12h@, 2026-11-21T20:00:00.123Z",
        "@RUN@, r1",
        "a@b.example, a@b.example"
    })
    void aTokenIsReplacedByWhatItStandsFor(String token, String text) {
        assertThat(SampleSuggestions.render("<" + token + ">", NOW, "r1")).isEqualTo("<" + text + ">");
    }

    @Test
    void aRoundSecondStillHasItsThreeDigits() {
        assertThat(SampleSuggestions.render("@NOW@", Instant.parse("2026-11-22T08:00:00Z"), "r1"))
                .isEqualTo("2026-11-22T08:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@NOW+5d@", "@NOW+m@", "@NOW5m@", "@NOW +5m@", "@RUN-1@"})
    void aTokenThatNobodyKnowsIsRefused(String token) {
        assertThatThrownBy(() -> SampleSuggestions.render("\"" + token + "\"", NOW, "r1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@NOW+5m@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a b", "-a"})
    void aRunThatIsNoIdIsRefused(String run) {
        assertThatThrownBy(() -> SampleSuggestions.write("{}", folder, NOW, run))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFileIsThereWholeAndAloneInAFolderThatIsMadeForIt() throws IOException {
        var inbox = folder.resolve("data/inbox");
        var file = SampleSuggestions.write("{\"id\":\"@RUN@\"}\n", inbox, NOW, "r1");
        assertThat(file).isEqualTo(inbox.resolve("sample-r1.ndjson")).hasContent("{\"id\":\"r1\"}\n");
        try (var files = Files.list(inbox)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void linesThatAreNotBlankAreCounted() {
        assertThat(SampleSuggestions.count("{}\n\n{broken\n{}")).isEqualTo(3);
    }

    @Test
    void theTemplateShowsWhatASourceCanDoWrong() throws IOException {
        var text = Files.readString(TEMPLATE);
        var rendered = SampleSuggestions.render(text, NOW, "r1");
        var lines = rendered.lines().map(StrictJson::object).toList();
        var objects = lines.stream().flatMap(Optional::stream).toList();

        assertThat(SampleSuggestions.count(text)).isEqualTo(15);
        assertThat(lines).filteredOn(Optional::isEmpty).as("broken JSON").hasSize(1);
        assertThat(objects)
                .extracting(o -> text(o, "interactionId"))
                .containsOnly("INT-r1-RETURN", "INT-r1-BILLING", "INT-r1-TRAVEL");
        assertThat(objects)
                .extracting(o -> text(o, "source"))
                .containsOnly("knowledge-base", "next-best-action", "crm");
        assertThat(objects)
                .filteredOn(o -> text(o, "interactionId").equals("INT-r1-RETURN"))
                .as("more than five for one interaction")
                .hasSize(7);
        assertThat(objects)
                .filteredOn(o -> o.path("relevanceScore").isNumber()
                        && o.path("relevanceScore").doubleValue() < 0.70)
                .as("below the threshold")
                .hasSize(1);
        assertThat(objects)
                .filteredOn(o -> !o.has("priority") && text(o, "relevanceScore").equals("high"))
                .as("invalid")
                .hasSize(1);
        assertThat(objects).filteredOn(o -> end(o).isBefore(NOW)).as("over").hasSize(1);
        assertThat(objects)
                .filteredOn(o -> !end(o).isBefore(NOW) && end(o).isBefore(NOW.plusSeconds(9)))
                .as("soon over")
                .hasSize(1);
        assertThat(twice(objects)).as("duplicate").containsExactly("crm-double-charge-r1");
    }

    private static List<String> twice(List<ObjectNode> objects) {
        return objects.stream()
                .collect(Collectors.groupingBy(o -> text(o, "id"), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String text(ObjectNode node, String field) {
        return StrictJson.text(node, field);
    }

    private static Instant end(ObjectNode node) {
        return Instant.parse(node.path("contextWindow").path("end").textValue());
    }
}
