package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;

/** The step that takes what the desktop says, as a route in Java names it. */
final class Decisions {

    private Decisions() {}

    static DecisionStep in(CamelContext context) {
        DecisionStep step = new DecisionStep();
        step.setCamelContext(context);
        return step;
    }
}
