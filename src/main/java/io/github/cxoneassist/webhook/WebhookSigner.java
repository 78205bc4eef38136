package io.github.cxoneassist.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** Standard Webhooks headers, scheme {@code v1} (HMAC-SHA256). Thread-safe. */
final class WebhookSigner {

    private final Webhook webhook;
    private final Clock clock;

    /** @param secret {@code whsec_} and Base64 */
    WebhookSigner(String secret, Clock clock) {
        try {
            this.webhook = new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("The webhook secret is empty", e);
        }
        this.clock = clock;
    }

    /**
     * The three headers for a try that is made now.
     *
     * @param id stays over retries; without a dot
     * @param body valid UTF-8, because the library signs text
     */
    Map<String, String> headers(String id, byte[] body) {
        long timestamp = clock.instant().getEpochSecond();
        try {
            String signature = webhook.sign(id, timestamp, new String(body, StandardCharsets.UTF_8));
            return Map.of(
                    "webhook-id", id, "webhook-timestamp", Long.toString(timestamp), "webhook-signature", signature);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("This Java can't sign a webhook: it has no HMAC-SHA256", e);
        }
    }
}
