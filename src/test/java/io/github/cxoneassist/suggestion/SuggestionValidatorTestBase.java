package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.assertj.core.groups.Tuple;

/** A suggestion that keeps all rules, until the test breaks one, and what the validator says of it. */
abstract class SuggestionValidatorTestBase {

    final SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);
    final ObjectNode json = Samples.goodJson();

    final void window(String start, String end) {
        json.putObject("contextWindow").put("start", start).put("end", end);
    }

    final Validation validate() {
        return validator.validate(json, Samples.NOW);
    }

    final Suggestion valid() {
        return ((Validation.Valid) validate()).suggestion();
    }

    final Validation.Invalid invalid() {
        return (Validation.Invalid) validate();
    }

    final List<Tuple> codes() {
        return invalid().violations().stream()
                .map(v -> tuple(v.field(), v.code()))
                .toList();
    }

    final void assertOnly(String field, Code code) {
        assertThat(codes()).containsExactly(tuple(field, code));
    }
}
