package io.github.cxoneassist.sandbox;

/** Who sits at the desktop and decides about suggestions. */
public interface Agent {

    /** Called once, when the sandbox starts and before anything is shown. */
    void sitsDownAt(Desktop desktop);

    /**
     * A suggestion came in: well-formed and in its window. Called on the event loop of the sandbox, which must not be
     * blocked; called again when the same one comes again ({@link ReceivedSuggestion#sends()} tells).
     */
    void sees(ReceivedSuggestion suggestion);

    /** What was seen so far doesn't matter any more: the next test begins. */
    default void forgets() {}
}
