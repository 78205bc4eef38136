package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.AsyncProcessorSupport;

/** A step of the pipeline: a bean of a Kamelet's template that shares the {@link AssistRuntime} of its context. */
abstract class Step extends AsyncProcessorSupport implements CamelContextAware {

    private CamelContext camelContext;
    private AssistRuntime runtime;

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** Not before: what the context brings to the runtime, its meter registry for one, is there by now. */
    @Override
    protected final void doInit() {
        runtime = AssistRuntime.of(camelContext);
    }

    @Override
    public final CamelContext getCamelContext() {
        return camelContext;
    }

    final AssistRuntime runtime() {
        return runtime;
    }
}
