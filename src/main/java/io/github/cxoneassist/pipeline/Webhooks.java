package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.JdbcCursorStore;
import io.github.cxoneassist.webhook.RetryPolicy;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.Subscribers;
import io.github.cxoneassist.webhook.Transport;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.github.cxoneassist.webhook.WebhookRuntime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Puts the webhooks together: the journal as their feed, the database for their cursors, HTTP as their transport. */
final class Webhooks {

    private Webhooks() {}

    /** @throws IllegalArgumentException names the setting that is wrong */
    static WebhookDispatcher dispatcher(AssistRuntime runtime) {
        List<Subscriber> subscribers = Subscribers.parse(
                runtime.setting("cxone.webhook-urls", ""),
                runtime.setting("cxone.webhook-secret", ""),
                Boolean.parseBoolean(runtime.setting(WebhookSender.HTTP_TO_LOOPBACK, "false")));
        return new WebhookDispatcher(
                subscribers,
                new WebhookRuntime(
                        new DecisionFeed(
                                runtime.audit().reader(), runtime.audit().node()),
                        new JdbcCursorStore(
                                runtime.audit().dataSource(), runtime.audit().node()),
                        subscribers.isEmpty() ? nobody() : sender(runtime),
                        RetryPolicy.DEFAULT,
                        (subscriber, event, tries, failure) -> runtime.audit()
                                .appendUntilWritten(Entries.webhookFailed(event, subscriber, tries, failure)),
                        runtime.clock(),
                        new Random(),
                        executor(runtime),
                        runtime.timer()));
    }

    private static Transport nobody() {
        return delivery -> CompletableFuture.failedFuture(new IllegalStateException("There are no subscribers"));
    }

    private static Transport sender(AssistRuntime runtime) {
        WebhookSender sender = new WebhookSender(runtime);
        try {
            runtime.camelContext().addService(sender);
        } catch (Exception e) {
            throw new IllegalStateException("The sender of webhooks could not start", e);
        }
        return sender.transport();
    }

    /** A pool of their own: a subscriber that is slow to be read or written to costs suggestions nothing. */
    private static ExecutorService executor(AssistRuntime runtime) {
        return runtime.camelContext()
                .getExecutorServiceManager()
                .newThreadPool(
                        runtime,
                        "cxone-assist-webhooks",
                        new ThreadPoolProfileBuilder("cxone-assist-webhooks")
                                .poolSize(2)
                                .maxPoolSize(2)
                                .maxQueueSize(1_000)
                                // not on the caller's thread, which may be the one that writes the journal
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }
}
