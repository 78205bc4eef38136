package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;

/** What the ledger of a running context counts, for tests that see the application from outside. */
public final class Slots {

    private Slots() {}

    /** Of one interaction: those that hold a slot and those that wait. */
    public static String of(CamelContext context, String interactionId) {
        AssistRuntime runtime = AssistRuntime.of(context);
        return runtime.ledger().active(interactionId) + " active, "
                + runtime.ledger().waiting(interactionId) + " waiting";
    }
}
