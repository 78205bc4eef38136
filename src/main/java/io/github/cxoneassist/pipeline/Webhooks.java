package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ShownTexts;
import io.github.cxoneassist.webhook.InstalledSubscribers;
import io.github.cxoneassist.webhook.JdbcCursorStore;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.RetryPolicy;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberSource;
import io.github.cxoneassist.webhook.TextSource;
import io.github.cxoneassist.webhook.Transport;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.github.cxoneassist.webhook.WebhookRuntime;
import java.util.List;
import java.util.Optional;
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
        SubscriberSource source = subscribers(runtime);
        List<Subscriber> subscribers = source.subscribers().stream()
                .filter(subscriber -> !subscriber.paused())
                .toList();
        return new WebhookDispatcher(
                subscribers,
                new WebhookRuntime(
                        new DecisionFeed(
                                runtime.audit().reader(), runtime.audit().node()),
                        texts(runtime),
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

    /** @throws IllegalArgumentException names the setting that is wrong, or the subscriber that there are two of */
    private static SubscriberSource subscribers(AssistRuntime runtime) {
        InstalledSubscribers subscribers = new InstalledSubscribers(
                WebhookSettings.subscribers(runtime.camelContext().getPropertiesComponent())
                        .orElseThrow(),
                new JdbcSubscribers(runtime.audit().dataSource(), WebhookSettings.EVENTS, runtime.clock()));
        subscribers.requireUniqueNames();
        return subscribers;
    }

    private static TextSource texts(AssistRuntime runtime) {
        ShownTexts texts = new ShownTexts(runtime.audit().dataSource());
        String node = runtime.audit().node();
        return event -> event.suggestionId() == null || event.interactionId() == null
                ? Optional.empty()
                : texts.upTo(node, event.seq(), event.interactionId(), event.suggestionId());
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
