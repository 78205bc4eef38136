package io.github.cxoneassist.webhook;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** What one subscriber's deliveries are signed with, in the two forms of Standard Webhooks. Immutable; never shown but by {@link #text}. */
public sealed interface WebhookSecret permits HmacSecret, Ed25519Secret {

    /** How a signature is made. */
    enum Scheme {
        /** HMAC-SHA256, {@code whsec_}: both sides know the secret. */
        V1,
        /** Ed25519, {@code whsk_}: the subscriber knows the public key alone. */
        V1A
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException says what it should be, beginning with a verb, and shows nothing of it
     */
    static WebhookSecret parse(String text) {
        if (text.startsWith(HmacSecret.PREFIX)) {
            return HmacSecret.parse(text);
        }
        if (text.startsWith(Ed25519Secret.PREFIX)) {
            return Ed25519Secret.parse(text);
        }
        throw new IllegalArgumentException("has to be " + HmacSecret.FORM + ", or " + Ed25519Secret.FORM);
    }

    /** A new one, which nobody has seen. */
    static WebhookSecret generate(Scheme scheme, SecureRandom random) {
        byte[] key = new byte[Ed25519Secret.KEY_BYTES];
        random.nextBytes(key);
        String base64 = Base64.getEncoder().encodeToString(key);
        return parse((scheme == Scheme.V1 ? HmacSecret.PREFIX : Ed25519Secret.PREFIX) + base64);
    }

    Scheme scheme();

    /** As settings and subscribers write it. */
    String text();

    /** What a subscriber verifies with, {@code whpk_} and Base64; empty where that is the secret itself. */
    Optional<String> publicKey();

    /** The signature as the header has it: scheme, comma, Base64. */
    String sign(String id, long timestamp, byte[] body);
}
