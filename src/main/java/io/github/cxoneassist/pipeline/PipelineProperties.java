package io.github.cxoneassist.pipeline;

import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;

/** Names of the exchange properties and headers with which the steps of the pipeline speak to each other and to routes. */
public final class PipelineProperties {

    /** Exchange property: the {@code Suggestion}, once it is valid. */
    public static final String SUGGESTION = "cxoneAssistSuggestion";
    /** Exchange property: the key of the suggestion as text, for {@code idempotentConsumer}. */
    public static final String KEY = "cxoneAssistKey";
    /** Exchange property: the {@code Outcome}, once it is known. */
    public static final String OUTCOME = "cxoneAssistOutcome";
    /** Exchange property: free slots of the interaction after this suggestion took one. */
    public static final String FREE_SLOTS = "cxoneAssistFreeSlots";
    /** Exchange property: the score that is sent, after what agents did with earlier suggestions. */
    public static final String SCORE = "cxoneAssistScore";
    /** Exchange property: the {@code Suggestion} that was judged, refused or not; absent where what came was none. */
    static final String JUDGED = "cxoneAssistJudged";
    /** Exchange property: the rules of this sink. */
    static final String RULES = "cxoneAssistRules";
    /** Exchange property: the digest of the rules of this sink. */
    static final String CONFIG = "cxoneAssistConfig";
    /** Exchange property: how the content of a valid suggestion is judged. */
    static final String CONTENT_RULE = "cxoneAssistContentRule";
    /** Exchange property: the suggestion with its score, age and session, from the moment it asks for a slot. */
    static final String WAITING = "cxoneAssistWaiting";
    /** Exchange property: by which rule it is to wait; absent where it does not. */
    public static final String HOLD_RULE = "cxoneAssistHoldRule";
    /** Exchange property: the body that the source sent; Camel leaves the variable's value there where sending it fails. */
    static final String SOURCE_BODY = "cxoneAssistSourceBody";
    /** Exchange property: a stage; until it has completed, a slot of a suggestion that was not sent stays taken. Else absent. */
    static final String OWED_ROW = "cxoneAssistOwedRow";
    /** Exchange property that the component knows: a {@code BooleanSupplier}, asked before a frame is written. */
    private static final String STILL_WANTED = "CamelCxoneAssistStillWanted";
    /** Variable: what the component is given to send, so that the message body stays what the source sent. */
    public static final String FRAME_VARIABLE = "cxoneAssistFrame";

    /** Header of the answer: {@code sent}, {@code held} or {@code refused}. */
    public static final String STATUS_HEADER = "CamelCxoneAssistStatus";
    /** Header of the answer: why it was refused, absent otherwise. */
    public static final String REASON_HEADER = "CamelCxoneAssistReason";

    /** Header of the answer: the score that the source gave; absent where what came was no suggestion. */
    public static final String RAW_SCORE_HEADER = "CamelCxoneAssistRawScore";
    /** Header of the answer: the score that is sent, where there is one. */
    public static final String ADJUSTED_SCORE_HEADER = "CamelCxoneAssistAdjustedScore";
    /** Header of the answer: how many suggestions the interaction could still take, where that was looked at. */
    public static final String FREE_SLOTS_HEADER = "CamelCxoneAssistFreeSlots";
    /** Header of a message to the sink: true ends the interaction that {@link #INTERACTION_ID_HEADER} names. */
    public static final String END_INTERACTION_HEADER = "CamelCxoneAssistEndInteraction";
    /** Header of a message to the sink, with {@link #END_INTERACTION_HEADER}. */
    public static final String INTERACTION_ID_HEADER = "CamelCxoneAssistInteractionId";

    private PipelineProperties() {}

    /** What is sent with this exchange next is dropped where that is not wanted any more when its turn comes. */
    static void sendWhile(Exchange exchange, BooleanSupplier wanted) {
        exchange.setProperty(STILL_WANTED, wanted);
    }

    /** Whatever is sent with this exchange next is another matter. */
    static void sendAnyway(Exchange exchange) {
        exchange.removeProperty(STILL_WANTED);
    }

    /** An exchange may pass through a sink more than once, by a redelivery or by its route: each pass starts afresh. */
    static void reset(Exchange exchange) {
        exchange.removeProperty(SUGGESTION);
        exchange.removeProperty(JUDGED);
        exchange.removeProperty(KEY);
        exchange.removeProperty(OUTCOME);
        exchange.removeProperty(FREE_SLOTS);
        exchange.removeProperty(SCORE);
        exchange.removeProperty(CONTENT_RULE);
        exchange.removeProperty(WAITING);
        exchange.removeProperty(HOLD_RULE);
        exchange.removeProperty(ResendSteps.INJECTED_AT);
        exchange.removeProperty(SOURCE_BODY);
        exchange.removeProperty(OWED_ROW);
        sendAnyway(exchange);
        exchange.removeProperty(Exchange.DUPLICATE_MESSAGE);
        exchange.getMessage().removeHeader(STATUS_HEADER);
        exchange.getMessage().removeHeader(REASON_HEADER);
        exchange.getMessage().removeHeader(RAW_SCORE_HEADER);
        exchange.getMessage().removeHeader(ADJUSTED_SCORE_HEADER);
        exchange.getMessage().removeHeader(FREE_SLOTS_HEADER);
    }
}
