package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.pipeline.WebhookSettings;
import io.github.cxoneassist.webhook.JdbcDeliveryStore;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberRules;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cxone-assist webhooks add}. */
@Command(
        name = "add",
        description = "Adds a subscriber to the database, and prints its secret, this once.",
        footer = {
            "",
            "Options may stand in a file: name it as @FILE. So no header that is secret is seen in the list of processes."
        },
        mixinStandardHelpOptions = true)
final class WebhooksAddCommand extends WebhookTask {

    private static final class Secret {
        @Option(
                names = "--signature",
                paramLabel = "SCHEME",
                description =
                        "v1: one secret for both sides; v1a: a private key here, a public one there. v1 unless given.")
        private WebhookSecret.Scheme scheme;

        @Option(
                names = "--secret-file",
                paramLabel = "FILE",
                description = "Its secret, whsec_… or whsk_…, in a file; a new one is made unless given.")
        private Path file;
    }

    @Parameters(paramLabel = "NAME", description = "Lower case letters, digits and hyphens; for logs and metrics, too.")
    private String name;

    @Option(names = "--url", paramLabel = "URL", required = true, description = "Where to; https.")
    private String url;

    @Option(
            names = "--events",
            paramLabel = "EVENTS",
            defaultValue = "accepted,dismissed",
            description = "Which events of the audit log, separated by commas; ${DEFAULT-VALUE} unless given.")
    private String events;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Sent with each delivery; may be repeated.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--with-text", description = "Sends the texts of suggestions along.")
    private boolean withText;

    @Option(names = "--paused", description = "Is told nothing until it is enabled.")
    private boolean paused;

    @Option(
            names = "--parallel",
            paramLabel = "COUNT",
            defaultValue = "4",
            description = "How many interactions it is told of at once; ${DEFAULT-VALUE} unless given.")
    private String parallel;

    @ArgGroup
    private Secret secret = new Secret();

    @Override
    int task() throws Exception {
        check("NAME", () -> SubscriberRules.name(name));
        Target target = check("--url", () -> SubscriberRules.url(url, settings().httpToLoopback()));
        Set<String> wanted = check("--events", () -> SubscriberRules.events(events, WebhookSettings.EVENTS));
        int atOnce = check("--parallel", () -> SubscriberRules.parallel(parallel));
        headers.forEach((header, value) -> check("--header " + header, () -> {
            SubscriberRules.header(header, value);
            return header;
        }));
        WebhookSecret signing = secret();
        refuseOfSettings(name, "see");
        return changing((stored, database) -> {
            if (!stored.add(
                    new Subscriber(name, target, wanted, List.of(signing.text()), headers, paused, withText, atOnce))) {
                throw new Refused("There is a webhook subscriber " + name + " already.");
            }
            beginNow(database);
            out().println(name + " at " + target.shown() + " is told of " + String.join(", ", new TreeSet<>(wanted))
                    + (paused ? " once it is enabled." : " from now on."));
            if (secret.file == null) {
                Secrets.show(signing, out());
            }
            return DONE;
        });
    }

    /** From here on it misses nothing, also if an application notices it only seconds later, or is not running. */
    private void beginNow(DataSource database) {
        String node = settings().audit().node();
        new JdbcDeliveryStore(database, node)
                .begin(name, new JdbcJournalReader(database).head(node).seq());
    }

    private WebhookSecret secret() {
        if (secret.file == null) {
            WebhookSecret.Scheme scheme = secret.scheme == null ? WebhookSecret.Scheme.V1 : secret.scheme;
            return WebhookSecret.generate(scheme, new SecureRandom());
        }
        try {
            String text = Files.readString(secret.file).strip();
            return check("--secret-file", () -> WebhookSecret.parse(text));
        } catch (IOException e) {
            throw new IllegalArgumentException("--secret-file cannot be read: " + secret.file);
        }
    }

    private static <T> T check(String what, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " " + e.getMessage());
        }
    }
}
