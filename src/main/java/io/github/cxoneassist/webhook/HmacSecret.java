package io.github.cxoneassist.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A secret of both sides, by the reference library. */
final class HmacSecret implements WebhookSecret {

    static final String PREFIX = "whsec_";
    static final String FORM = PREFIX + " and the Base64 of 24 to 64 random bytes";

    private static final int LEAST_KEY_BYTES = 24;
    private static final int MOST_KEY_BYTES = 64;

    private final String text;
    private final Webhook webhook;

    private HmacSecret(String text, Webhook webhook) {
        this.text = text;
        this.webhook = webhook;
    }

    static HmacSecret parse(String text) {
        try {
            int length = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
            if (length >= LEAST_KEY_BYTES && length <= MOST_KEY_BYTES) {
                return new HmacSecret(text, new Webhook(text));
            }
        } catch (IllegalArgumentException | EmptyWebhookSecretException e) {
            // neither goes on: a decoder may quote what it could not read
        }
        throw new IllegalArgumentException("has to be " + FORM);
    }

    @Override
    public Scheme scheme() {
        return Scheme.V1;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Optional<String> publicKey() {
        return Optional.empty();
    }

    @Override
    public String sign(String id, long timestamp, byte[] body) {
        try {
            return webhook.sign(id, timestamp, new String(body, StandardCharsets.UTF_8));
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("This Java can't sign a webhook: it has no HMAC-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
