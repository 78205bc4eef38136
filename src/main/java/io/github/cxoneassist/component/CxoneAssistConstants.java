package io.github.cxoneassist.component;

import org.apache.camel.spi.Metadata;

/** The headers of the component. */
public final class CxoneAssistConstants {

    @Metadata(
            label = "consumer",
            description = "The type of the frame, such as agentassist.accepted.",
            javaType = "String")
    public static final String TYPE = "CamelCxoneAssistType";

    @Metadata(label = "consumer", description = "The interaction, where the frame names one.", javaType = "String")
    public static final String INTERACTION_ID = "CamelCxoneAssistInteractionId";

    @Metadata(label = "consumer", description = "The suggestion, where the frame names one.", javaType = "String")
    public static final String SUGGESTION_ID = "CamelCxoneAssistSuggestionId";

    @Metadata(
            label = "consumer",
            description = "When CXone says it sent the frame, in milliseconds since the epoch; by CXone's clock.",
            javaType = "Long")
    public static final String SENT_TIMESTAMP = "CamelCxoneAssistSentTimestamp";

    @Metadata(
            label = "consumer",
            description =
                    "Milliseconds from writing the suggestion to the arrival of its first acknowledgement; on that"
                            + " frame only.",
            javaType = "Long")
    public static final String LATENCY = "CamelCxoneAssistLatency";

    @Metadata(
            label = "producer",
            description = "When the suggestion was handed to the socket, in milliseconds since the epoch.",
            javaType = "Long")
    public static final String SENT_AT = "CamelCxoneAssistSentAt";

    @Metadata(
            label = "producer",
            description =
                    "When CXone acknowledged the suggestion, in milliseconds since the epoch; with awaitAck only.",
            javaType = "Long")
    public static final String ACKNOWLEDGED_AT = "CamelCxoneAssistAcknowledgedAt";

    private CxoneAssistConstants() {}
}
