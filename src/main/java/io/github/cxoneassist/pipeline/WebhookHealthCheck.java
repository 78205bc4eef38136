package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.SubscriberStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Names the subscribers that fall behind. It is up in any case: that somebody else's server is away is no reason to take this
 * application out of service, which would help neither.
 */
final class WebhookHealthCheck extends AbstractHealthCheck {

    private final Supplier<List<SubscriberStatus>> statuses;
    private final Duration behindAfter;
    private final Clock clock;

    WebhookHealthCheck(Supplier<List<SubscriberStatus>> statuses, Duration behindAfter, Clock clock) {
        super("cxone", "cxone-assist-webhooks");
        this.statuses = statuses;
        this.behindAfter = behindAfter;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        List<SubscriberStatus> all = statuses.get();
        builder.detail("subscribers", all.size());
        List<String> inTrouble = new ArrayList<>();
        all.forEach(status -> {
            String trouble = trouble(status);
            if (!trouble.isEmpty()) {
                builder.detail("subscriber." + status.name(), trouble);
                inTrouble.add(status.name());
            }
        });
        if (!inTrouble.isEmpty()) {
            // whoever asks for health gets the details only with ?data=true, but the message always
            builder.message("behind, left alone or disabled: " + String.join(", ", inTrouble));
        }
    }

    private String trouble(SubscriberStatus status) {
        Instant now = clock.instant();
        Duration lag = status.lag(now);
        String behind =
                lag.compareTo(behindAfter) > 0 ? status.behind() + " rows and " + lag.toSeconds() + " s behind" : "";
        return switch (status.state()) {
            case DISABLED -> join("disabled: " + status.reason(), behind);
            case LEFT_ALONE -> join("left alone but for probes: " + status.reason(), behind);
            // whoever paused it knows that it falls behind
            case PAUSED -> "";
            case DELIVERING -> {
                Duration parked = status.parkedFor(now);
                String retrying = parked.compareTo(behindAfter) > 0
                        ? status.parked().count() + " events are tried again, the first since " + parked.toSeconds()
                                + " s"
                        : "";
                yield behind.isEmpty() && retrying.isEmpty() ? "" : join(join(behind, retrying), status.reason());
            }
        };
    }

    private static String join(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + "; " + other;
    }
}
