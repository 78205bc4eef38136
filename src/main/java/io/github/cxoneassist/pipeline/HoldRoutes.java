package io.github.cxoneassist.pipeline;

import java.util.concurrent.ExecutorService;
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

    HoldRoutes(HoldStrategy strategy, ReleaseStep release, ResendSteps resend, ExecutorService executor) {
        this.strategy = strategy;
        this.release = release;
        this.resend = resend;
        this.executor = executor;
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
