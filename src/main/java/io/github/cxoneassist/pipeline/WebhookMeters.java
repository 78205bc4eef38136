package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.webhook.DeliveryListener;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberStatus;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;

/** Counts deliveries, and writes into the audit log what was given up. */
final class WebhookMeters implements DeliveryListener {

    private final AssistRuntime runtime;

    WebhookMeters(AssistRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void delivered(Subscriber subscriber) {
        runtime.metrics().webhook(AssistMetrics.WEBHOOK_DELIVERED, subscriber.name());
    }

    @Override
    public void retried(Subscriber subscriber) {
        runtime.metrics().webhook(AssistMetrics.WEBHOOK_RETRIED, subscriber.name());
    }

    @Override
    public void dead(Subscriber subscriber, WebhookEvent event, int tries, String failure) {
        runtime.metrics().webhook(AssistMetrics.WEBHOOK_DEAD, subscriber.name());
        // told of that event, and taking it no better, a subscriber would make another of it for ever
        if (!event.event().equals(JournalEvent.WEBHOOK_FAILED.wireName())) {
            runtime.audit().appendUntilWritten(Entries.webhookFailed(event, subscriber, tries, failure));
        }
    }

    @Override
    public void looked(List<SubscriberStatus> statuses) {
        Instant now = runtime.clock().instant();
        runtime.metrics().webhookLags(statuses, now);
    }
}
