package io.github.cxoneassist.pipeline;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.apache.camel.util.function.ThrowingRunnable;

/** What has to wait until all routes of a context run: a route that is added while they are being started is not started. */
final class Startup {

    private Startup() {}

    /** Now, where they run already. */
    static void whenFullyStarted(CamelContext camelContext, ThrowingRunnable<Exception> action) throws Exception {
        if (camelContext.isStarted()) {
            action.run();
            return;
        }
        camelContext.addStartupListener(new ExtendedStartupListener() {
            @Override
            public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
                // too early: routes are still being started
            }

            @Override
            public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) throws Exception {
                action.run();
            }
        });
    }
}
