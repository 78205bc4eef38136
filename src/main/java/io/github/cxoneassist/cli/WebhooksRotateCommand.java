package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.WebhookSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cxone-assist webhooks rotate}. */
@Command(
        name = "rotate",
        description = "Makes a new secret and prints it, this once. The present one signs too, for a while.",
        mixinStandardHelpOptions = true)
final class WebhooksRotateCommand extends WebhookTask {

    @Parameters(paramLabel = "NAME", description = "Of the subscriber.")
    private String name;

    @Option(
            names = "--keep-old",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long the present secret signs too, such as 90m, 24h or 7d; 0 ends it, and any before it,"
                    + " at once. ${DEFAULT-VALUE} unless given.")
    private Duration keepOld;

    @Option(
            names = "--signature",
            paramLabel = "SCHEME",
            description = "v1 or v1a, to change over; as before unless given.")
    private WebhookSecret.Scheme scheme;

    @Override
    int task() throws Exception {
        refuseOfSettings(name, "put the new secret before the present one, separated by a blank, in");
        return changing((stored, database) -> {
            find(name, stored);
            JdbcSubscribers.Stored one = stored.stored().stream()
                    .filter(candidate -> candidate.subscriber().name().equals(name))
                    .findFirst()
                    .orElseThrow();
            if (one.oldSecretUntil().isPresent() && !keepOld.isZero()) {
                throw new Refused("The secret before the present one of " + name + " signs until "
                        + one.oldSecretUntil().get() + ", and no more than two do: wait until then, or end both with"
                        + " --keep-old 0.");
            }
            WebhookSecret present =
                    WebhookSecret.parse(one.subscriber().secrets().get(0));
            WebhookSecret next = WebhookSecret.generate(scheme == null ? present.scheme() : scheme, new SecureRandom());
            // the table has whole seconds
            Optional<Instant> until = keepOld.isZero()
                    ? Optional.empty()
                    : Optional.of(Instant.now().plus(keepOld).truncatedTo(ChronoUnit.SECONDS));
            if (!stored.rotate(name, present.text(), next.text(), until)) {
                throw new Refused("Somebody else has changed " + name + " meanwhile.");
            }
            out().println(until.map(end -> name + " has a new secret; the one before it signs too until " + end + ".")
                    .orElse(name + " has a new secret; none before it signs any more."));
            Secrets.show(next, out());
            return DONE;
        });
    }
}
