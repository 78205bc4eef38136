package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SuggestionFoldPropertyTest {
    @Property(tries = 5_000)
    void theFoldAgreesWithALookAtEachSuggestionByItself(@ForAll("histories") List<SuggestionStep> steps) {
        Map<List<String>, List<SuggestionStep>> bySuggestion = steps.stream()
                .collect(Collectors.groupingBy(
                        step -> List.of(step.interactionId(), step.suggestionId()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<OpenSuggestion> expected = bySuggestion.values().stream()
                .map(rows -> NaiveSuggestions.of(rows, SuggestionHistories.NOW))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingLong(OpenSuggestion::firstSeq))
                .toList();

        assertThat(folded(steps)).isEqualTo(expected);
    }

    @Property
    void whatStandsBeforeTheFirstOpenRowMakesNoDifference(@ForAll("histories") List<SuggestionStep> steps) {
        List<SuggestionStep> rest = steps.stream()
                .dropWhile(step -> folded(List.of(step)).isEmpty())
                .toList();

        assertThat(folded(rest)).isEqualTo(folded(steps));
    }

    @Provide
    Arbitrary<List<SuggestionStep>> histories() {
        return SuggestionHistories.any();
    }

    private static List<OpenSuggestion> folded(List<SuggestionStep> steps) {
        SuggestionFold fold = new SuggestionFold(SuggestionHistories.NOW);
        steps.forEach(fold::add);
        return fold.suggestions();
    }
}
