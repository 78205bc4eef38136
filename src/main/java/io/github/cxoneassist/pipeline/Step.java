package io.github.cxoneassist.pipeline;

/** A step of the pipeline: a bean of a Kamelet's template that shares the {@link AssistRuntime} of its context. */
abstract class Step extends ContextStep {

    private AssistRuntime runtime;

    /** Not before: what the context brings to the runtime, its meter registry for one, is there by now. */
    @Override
    protected final void doInit() {
        runtime = AssistRuntime.of(getCamelContext());
    }

    final AssistRuntime runtime() {
        return runtime;
    }
}
