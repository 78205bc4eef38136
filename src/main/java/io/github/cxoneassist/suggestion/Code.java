package io.github.cxoneassist.suggestion;

/** Why something was refused. The wire name is stable: audit rows, metrics and callers depend on it. */
public enum Code {
    /** The field is absent or null. */
    MISSING("missing", Scope.FIELD),
    WRONG_TYPE("wrong_type", Scope.FIELD),
    /** Nothing in the text that an agent could see. */
    BLANK("blank", Scope.FIELD),
    TOO_LONG("too_long", Scope.FIELD),
    /** Control characters, bidirectional overrides, halves of surrogate pairs. */
    UNSAFE_CHARACTERS("unsafe_characters", Scope.FIELD),
    /** What a browser would take for an HTML tag. */
    MARKUP("markup", Scope.FIELD),
    NOT_FINITE("not_finite", Scope.FIELD),
    OUT_OF_RANGE("out_of_range", Scope.FIELD),
    UNKNOWN_PRIORITY("unknown_priority", Scope.FIELD),
    NOT_AN_INSTANT("not_an_instant", Scope.FIELD),
    START_AFTER_END("start_after_end", Scope.FIELD),
    WINDOW_TOO_LONG("window_too_long", Scope.FIELD),

    /** Well-formed, but now is not the time. */
    OUTSIDE_CONTEXT_WINDOW("outside_context_window", Scope.RULE),
    /** Well-formed, but not relevant enough. */
    BELOW_THRESHOLD("below_threshold", Scope.RULE),

    /** Not JSON, or not a JSON object. */
    MALFORMED("malformed", Scope.INPUT),
    TOO_LARGE("too_large", Scope.INPUT),
    TOO_DEEP("too_deep", Scope.INPUT);

    /** What a code speaks of: one field's form, a rule that a well-formed suggestion breaks, or the whole input. */
    enum Scope {
        FIELD,
        RULE,
        INPUT
    }

    private final String wireName;
    private final Scope scope;

    Code(String wireName, Scope scope) {
        this.wireName = wireName;
        this.scope = scope;
    }

    public String wireName() {
        return wireName;
    }

    Scope scope() {
        return scope;
    }
}
