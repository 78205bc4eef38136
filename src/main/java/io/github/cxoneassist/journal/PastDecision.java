package io.github.cxoneassist.journal;

/**
 * What an agent decided on some suggestion.
 *
 * @param accepted false where it was dismissed
 * @param source null where the row does not say it, as those of the first version
 */
public record PastDecision(long seq, String interactionId, boolean accepted, String source) {}
