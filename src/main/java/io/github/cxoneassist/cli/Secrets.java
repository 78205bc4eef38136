package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.WebhookSecret;
import java.io.PrintWriter;

/** What the one who runs a command has to hand on to a subscriber. */
final class Secrets {

    private Secrets() {}

    /** The public key, where there is one: then the private one leaves the database for nobody. */
    static void show(WebhookSecret secret, PrintWriter out) {
        if (secret.publicKey().isPresent()) {
            out.println("It verifies with this public key:");
            out.println(secret.publicKey().get());
        } else {
            out.println("It verifies with this secret, which is not shown again:");
            out.println(secret.text());
        }
    }
}
