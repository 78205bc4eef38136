package io.github.cxoneassist.pipeline;

import java.time.Clock;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.AsyncProcessorSupport;

/** A bean of a Kamelet's template that knows its context and nothing more: neither journal nor database. */
abstract class ContextStep extends AsyncProcessorSupport implements CamelContextAware {

    private CamelContext camelContext;

    @Override
    public final void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public final CamelContext getCamelContext() {
        return camelContext;
    }

    /** The one of the registry, where there is one. */
    final Clock clock() {
        return Objects.requireNonNullElseGet(
                camelContext.getRegistry().findSingleByType(Clock.class), Clock::systemUTC);
    }
}
