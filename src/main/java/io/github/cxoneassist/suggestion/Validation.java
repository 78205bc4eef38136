package io.github.cxoneassist.suggestion;

import java.util.List;

/** The verdict on one input. */
public sealed interface Validation {

    /** All rules kept. */
    record Valid(Suggestion suggestion) implements Validation {}

    /**
     * At least one rule broken.
     *
     * @param interactionId for the record: what the input gave if it is a valid id, else null
     * @param suggestionId likewise
     * @param reason one stable word: {@code outside_context_window} or {@code below_threshold} where the suggestion is
     *     well-formed, {@code malformed} or {@code too_large} where there is none to speak of, else {@code invalid}
     * @param violations all of them, never empty
     * @param suggestion what was offered, for the record, where every field of it is well-formed and only a rule is against
     *     it; else null
     */
    record Invalid(
            String interactionId, String suggestionId, String reason, List<Violation> violations, Suggestion suggestion)
            implements Validation {

        Invalid(String interactionId, String suggestionId, String reason, List<Violation> violations) {
            this(interactionId, suggestionId, reason, violations, null);
        }

        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("An invalid input must have at least one violation");
            }
        }

        static Invalid whole(Code code, String message) {
            return of(null, null, List.of(new Violation(Field.WHOLE_INPUT, code, message)));
        }

        /** Of violations that were found before there was a suggestion to validate. */
        public static Invalid of(String interactionId, String suggestionId, List<Violation> violations) {
            return new Invalid(interactionId, suggestionId, reason(violations), violations);
        }

        /** One that breaks no more than a rule. */
        static Invalid of(Suggestion suggestion, List<Violation> violations) {
            return new Invalid(suggestion.interactionId(), suggestion.id(), reason(violations), violations, suggestion);
        }

        private static String reason(List<Violation> violations) {
            if (has(violations, Code.TOO_LARGE)) {
                return Code.TOO_LARGE.wireName();
            }
            if (violations.stream().anyMatch(v -> v.code().scope() == Code.Scope.INPUT)) {
                return Code.MALFORMED.wireName();
            }
            if (violations.stream().anyMatch(v -> v.code().scope() == Code.Scope.FIELD)) {
                return "invalid";
            }
            // of the two rules the window is named first: a better score would not have helped
            return has(violations, Code.OUTSIDE_CONTEXT_WINDOW)
                    ? Code.OUTSIDE_CONTEXT_WINDOW.wireName()
                    : Code.BELOW_THRESHOLD.wireName();
        }

        private static boolean has(List<Violation> violations, Code code) {
            return violations.stream().anyMatch(v -> v.code() == code);
        }
    }
}
