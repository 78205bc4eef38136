package io.github.cxoneassist.journal;

import java.time.Instant;

/**
 * A content that an agent dismissed, and that is to be refused until then.
 *
 * @param digest stands for the content, normalised
 */
public record OpenCoolDown(String interactionId, String digest, Instant until) {}
