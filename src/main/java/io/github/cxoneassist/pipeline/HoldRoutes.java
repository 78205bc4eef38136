package io.github.cxoneassist.pipeline;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/**
 * Where suggestions wait for a free slot, and how they leave. One for all Kamelets of the context: suggestions of several
 * sources for one interaction wait in one queue.
 */
final class HoldRoutes extends RouteBuilder {

    static final String HOLD = "direct:cxone-assist-hold";
    static final String RELEASE = "direct:cxone-assist-release";

    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LONGEST_RETRY_MILLIS = 5_000;

    private final HoldStrategy strategy;
    private final ReleaseStep release;
    private final ResendSteps resend;
    private final ExecutorService executor;
    private final ScheduledExecutorService retries;

    /** @param retries takes any number: what waits there is promised, and would never be sent if it were turned away */
    HoldRoutes(
            HoldStrategy strategy,
            ReleaseStep release,
            ResendSteps resend,
            ExecutorService executor,
            ScheduledExecutorService retries) {
        this.strategy = strategy;
        this.release = release;
        this.resend = resend;
        this.executor = executor;
        this.retries = retries;
    }

    @Override
    public void configure() {
        from(HOLD)
                .routeId("cxone-assist-hold")
                .errorHandler(noErrorHandler())
                .aggregate(simple("${body.interactionId}"), strategy)
                .completionTimeout(exchangeProperty(HoldStrategy.KEEP))
                .discardOnCompletionTimeout()
                .executorService(executor)
                .process(release)
                .end();

        // the source was told that its suggestion waits, so nobody but this route tries again
        from(RELEASE)
                .routeId("cxone-assist-release")
                // the context's own pool turns away what comes after a thousand
                .errorHandler(defaultErrorHandler().executorService(retries))
                .onException(Exception.class)
                .retryWhile(resend::makesSense)
                .redeliveryDelay(FIRST_RETRY_MILLIS)
                .useExponentialBackOff()
                .backOffMultiplier(2)
                .maximumRedeliveryDelay(LONGEST_RETRY_MILLIS)
                .asyncDelayedRedelivery()
                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                .logExhausted(false)
                .handled(true)
                .process(resend::givenUp)
                .end()
                .process(resend.journal())
                .toD("cxone-assist:${exchangeProperty." + ResendSteps.SESSION + "}", -1)
                .process(resend::sent);
    }
}
