package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Standard Webhooks headers. With two secrets there are two signatures, of which a subscriber takes the one it knows. Thread-safe. */
final class WebhookSigner {

    private final List<WebhookSecret> secrets;
    private final Clock clock;

    /**
     * @param secrets as a {@link Subscriber} has them; without any, a delivery is not signed
     * @throws IllegalArgumentException where one of them is none
     */
    WebhookSigner(List<String> secrets, Clock clock) {
        this.secrets = secrets.stream().map(WebhookSecret::parse).toList();
        this.clock = clock;
    }

    /**
     * The headers for a try that is made now.
     *
     * @param id stays over retries; without a dot
     * @param body valid UTF-8, because the library signs text
     */
    Map<String, String> headers(String id, byte[] body) {
        long timestamp = clock.instant().getEpochSecond();
        if (secrets.isEmpty()) {
            return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(timestamp));
        }
        String signatures =
                secrets.stream().map(secret -> secret.sign(id, timestamp, body)).collect(Collectors.joining(" "));
        return Map.of("webhook-id", id, "webhook-timestamp", Long.toString(timestamp), "webhook-signature", signatures);
    }
}
