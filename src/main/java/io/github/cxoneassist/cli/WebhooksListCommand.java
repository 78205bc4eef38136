package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.InstalledSubscribers;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.WebhookSecret;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code cxone-assist webhooks list}. */
@Command(
        name = "list",
        description = "Shows all subscribers, of the settings and of the database, without anything secret.",
        mixinStandardHelpOptions = true)
final class WebhooksListCommand extends WebhookTask {

    @Override
    int task() throws Exception {
        List<Subscriber> ofSettings = settings().subscribers();
        return reading((stored, database) -> {
            Map<String, Instant> oldSecrets = new HashMap<>();
            for (JdbcSubscribers.Stored one : stored.stored()) {
                one.oldSecretUntil()
                        .ifPresent(until -> oldSecrets.put(one.subscriber().name(), until));
            }
            Map<String, String> disabled = stored.disabled();
            List<Subscriber> all = new InstalledSubscribers(ofSettings, stored).subscribers();
            if (all.isEmpty()) {
                out().println("There are no webhook subscribers.");
            }
            for (Subscriber subscriber : all) {
                String name = subscriber.name();
                out().println(name + "  " + subscriber.target().shown());
                out().println("  state      " + state(subscriber, disabled.get(name)));
                out().println("  events     " + String.join(", ", new TreeSet<>(subscriber.events()))
                        + (subscriber.withText() ? ", with texts" : ""));
                out().println("  signature  " + signature(subscriber, oldSecrets.get(name)));
                if (!subscriber.headers().isEmpty()) {
                    out().println("  headers    "
                            + String.join(
                                    ", ", new TreeSet<>(subscriber.headers().keySet())));
                }
                out().println("  parallel   " + subscriber.parallel());
                out().println("  stands in  " + (isOfSettings(name) ? "the settings" : "the database"));
            }
            return DONE;
        });
    }

    private static String state(Subscriber subscriber, String disabled) {
        if (subscriber.paused()) {
            return "disabled";
        }
        return disabled == null ? "enabled" : "disabled, since it answered: " + disabled;
    }

    private static String signature(Subscriber subscriber, Instant oldUntil) {
        if (subscriber.secrets().isEmpty()) {
            return "none";
        }
        String schemes = subscriber.secrets().stream()
                .map(WebhookSecret::parse)
                .map(secret -> secret.scheme().name().toLowerCase(Locale.ROOT)
                        + secret.publicKey().map(key -> " " + key).orElse(""))
                .collect(Collectors.joining(", and before that "));
        return schemes + (oldUntil == null ? "" : " until " + oldUntil);
    }
}
