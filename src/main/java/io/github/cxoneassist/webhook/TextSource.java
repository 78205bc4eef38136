package io.github.cxoneassist.webhook;

import java.util.Optional;

/** The texts of suggestions, which the journal keeps apart. Called from several threads; may block. */
@FunctionalInterface
public interface TextSource {

    /** Knows none. */
    TextSource NONE = event -> Optional.empty();

    /** What the agent was shown of the suggestion of this event; empty where it was erased, or where there is none. */
    Optional<String> text(WebhookEvent event);
}
