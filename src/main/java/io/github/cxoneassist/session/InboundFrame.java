package io.github.cxoneassist.session;

import java.time.Duration;
import java.time.Instant;

/**
 * A JSON object from the server. Only {@code type} is certain; the rest is null where the frame lacks it or where it
 * has another JSON type than the protocol says.
 *
 * @param sentTimestamp ms since the epoch by another clock than ours: a fallback only
 * @param json the frame as it came
 * @param receivedAt our clock
 * @param sinceSent from our write to this frame, by the monotonic clock; only on the first ack of a suggestion that
 *     this session wrote
 */
public record InboundFrame(
        String type,
        String interactionId,
        String suggestionId,
        Long sentTimestamp,
        String json,
        Instant receivedAt,
        Duration sinceSent) {

    public static final String ACK = "agentassist.ack";
    public static final String ACCEPTED = "agentassist.accepted";
    public static final String DISMISSED = "agentassist.dismissed";

    InboundFrame withSinceSent(Duration latency) {
        return new InboundFrame(type, interactionId, suggestionId, sentTimestamp, json, receivedAt, latency);
    }

    boolean isOfTheProtocol() {
        return ACK.equals(type) || ACCEPTED.equals(type) || DISMISSED.equals(type);
    }

    /** Without the JSON, which may quote what an agent saw. */
    @Override
    public String toString() {
        return "InboundFrame[type=" + ServerText.clean(type) + ", interactionId=" + ServerText.clean(interactionId)
                + ", suggestionId=" + ServerText.clean(suggestionId) + ", receivedAt=" + receivedAt + "]";
    }
}
