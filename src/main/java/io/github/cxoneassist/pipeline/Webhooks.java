package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ShownTexts;
import io.github.cxoneassist.webhook.DeliveryRules;
import io.github.cxoneassist.webhook.InstalledSubscribers;
import io.github.cxoneassist.webhook.JdbcDeliveryStore;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.RetrySchedule;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.TextSource;
import io.github.cxoneassist.webhook.Transport;
import io.github.cxoneassist.webhook.WebhookDispatcher;
import io.github.cxoneassist.webhook.WebhookRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.util.TimeUtils;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** Puts the webhooks together: the journal as their feed, the database for their deliveries, HTTP or a route as their transport. */
final class Webhooks {

    private static final String RETRY_FOR = "cxone.webhook.retry-for";
    private static final String FIRST_PAUSE = "cxone.webhook.first-pause";
    private static final String LONGEST_PAUSE = "cxone.webhook.longest-pause";
    private static final String BEHIND_AFTER = "cxone.webhook.behind-after";

    private Webhooks() {}

    /** @throws IllegalArgumentException names the setting that is wrong */
    static WebhookDispatcher dispatcher(AssistRuntime runtime) {
        InstalledSubscribers subscribers = subscribers(runtime);
        requireRoute(runtime.camelContext(), subscribers);
        WebhookDispatcher dispatcher = new WebhookDispatcher(
                subscribers,
                new WebhookRuntime(
                        new LogFeed(runtime.audit().reader(), runtime.audit().node()),
                        texts(runtime),
                        new JdbcDeliveryStore(
                                runtime.audit().dataSource(), runtime.audit().node()),
                        transport(runtime),
                        DeliveryRules.of(schedule(runtime)),
                        new WebhookMeters(runtime),
                        runtime.clock(),
                        new Random(),
                        executor(runtime),
                        runtime.timer()));
        HealthCheckRegistry health = HealthCheckHelper.getHealthCheckRegistry(runtime.camelContext());
        if (health != null) {
            WebhookHealthCheck check = new WebhookHealthCheck(
                    dispatcher::statuses, duration(runtime, BEHIND_AFTER, "5m"), runtime.clock());
            check.setCamelContext(runtime.camelContext());
            health.register(check);
        }
        return dispatcher;
    }

    private static RetrySchedule schedule(AssistRuntime runtime) {
        try {
            return new RetrySchedule(
                    duration(runtime, FIRST_PAUSE, "5s"),
                    duration(runtime, LONGEST_PAUSE, "4h"),
                    duration(runtime, RETRY_FOR, "24h"),
                    RetrySchedule.DEFAULT.jitter());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cxone.webhook.*: " + e.getMessage(), e);
        }
    }

    private static Duration duration(AssistRuntime runtime, String name, String fallback) {
        String value = runtime.setting(name, fallback);
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be a duration such as " + fallback + ": " + value, e);
        }
    }

    /** @throws IllegalArgumentException names the setting that is wrong, or the subscriber that there are two of */
    private static InstalledSubscribers subscribers(AssistRuntime runtime) {
        JdbcSubscribers stored =
                new JdbcSubscribers(runtime.audit().dataSource(), WebhookSettings.EVENTS, runtime.clock());
        InstalledSubscribers subscribers = new InstalledSubscribers(
                WebhookSettings.subscribers(runtime.camelContext().getPropertiesComponent())
                        .orElseThrow(),
                stored);
        subscribers.requireUniqueNames();
        stored.forgetOldSecrets();
        return subscribers;
    }

    private static TextSource texts(AssistRuntime runtime) {
        ShownTexts texts = new ShownTexts(runtime.audit().dataSource());
        String node = runtime.audit().node();
        return event -> event.suggestionId() == null || event.interactionId() == null
                ? Optional.empty()
                : texts.upTo(node, event.seq(), event.interactionId(), event.suggestionId());
    }

    /** Only settings name endpoints, so it is known at the start. */
    private static void requireRoute(CamelContext camelContext, InstalledSubscribers subscribers) {
        subscribers.subscribers().stream()
                .filter(subscriber -> subscriber.target() instanceof Target.Endpoint)
                .findFirst()
                .filter(subscriber -> !Routes.consume(camelContext, WebhookRoute.ENDPOINT))
                .ifPresent(subscriber -> {
                    throw new IllegalArgumentException("cxone.webhook.subscribers." + subscriber.name()
                            + ".endpoint is set, but no route consumes " + WebhookRoute.ENDPOINT
                            + ": add routes/kb-webhooks.camel.yaml to the routes of this application");
                });
    }

    private static Transport transport(AssistRuntime runtime) {
        Transport route = new WebhookRoute(runtime.camelContext());
        Transport sender = sender(runtime);
        return delivery ->
                delivery.subscriber().target() instanceof Target.Url ? sender.post(delivery) : route.post(delivery);
    }

    private static Transport sender(AssistRuntime runtime) {
        return WebhookSender.in(runtime.camelContext()).transport();
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
                                // each subscriber waits here with one task at most; none or fewer would be no queue at
                                // all
                                .maxQueueSize(1_000)
                                // not on the caller's thread, which may be the one that writes the journal
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }
}
