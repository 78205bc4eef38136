package io.github.cxoneassist.suggestion;

/** The names of the flat form, and the paths by which a violation points at them. */
final class Field {

    static final String INTERACTION_ID = "interactionId";
    static final String ID = "id";
    static final String CONTENT = "content";
    static final String PRIORITY = "priority";
    static final String RELEVANCE_SCORE = "relevanceScore";
    static final String CONTEXT_WINDOW = "contextWindow";
    static final String START = "start";
    static final String END = "end";
    static final String SOURCE = "source";

    /** The path of the input as a whole. */
    static final String WHOLE_INPUT = "";

    private Field() {}
}
