package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.DeadLetters;
import io.github.cxoneassist.webhook.Subscriber;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist webhooks replay}. */
@Command(
        name = "replay",
        description =
                "Tells a subscriber again, each event under the webhook-id that it had: all of its dead letters, or"
                        + " what --id or --from and --to name, delivered before or not. A running application does it within"
                        + " seconds, else the next one that starts.",
        mixinStandardHelpOptions = true)
final class WebhooksReplayCommand extends WebhookTask {

    private static final class Which {
        @Option(names = "--id", paramLabel = "WEBHOOK-ID", description = "This event.")
        private String id;

        @ArgGroup(exclusive = false)
        private Period period;
    }

    private static final class Period {
        @Option(
                names = "--from",
                paramLabel = "TIME",
                required = true,
                converter = InstantConverter.class,
                description = "Events of this time and later: a day (UTC), or an instant.")
        private Instant from;

        @Option(
                names = "--to",
                paramLabel = "TIME",
                converter = InstantConverter.class,
                description = "Events from before this time; now unless given.")
        private Instant to;
    }

    @Option(names = "--subscriber", paramLabel = "NAME", required = true, description = "Who.")
    private String name;

    @ArgGroup
    private Which which;

    @Override
    int task() throws Exception {
        return changing((stored, database) -> {
            Subscriber subscriber = find(name, stored);
            DeadLetters dead = deadLetters(database);
            if (which != null && which.id != null) {
                if (!dead.replay(name, which.id)) {
                    throw new Refused(
                            "The audit log has no event " + which.id + " that " + name + " could be told again.");
                }
                out().println(name + " is told " + which.id + " again.");
                return DONE;
            }
            long told = which == null ? deadLetters(dead) : period(dead, subscriber);
            out().println(
                            told == 0
                                    ? "There is nothing to tell " + name + " again."
                                    : name + " is told " + told + (told == 1 ? " event again." : " events again."));
            if (which == null) {
                tellOfArchived(dead.count(name) - dead.countReplayable(name));
            }
            return DONE;
        });
    }

    private void tellOfArchived(long archived) {
        if (archived > 0) {
            out().println(
                            archived == 1
                                    ? "1 dead letter stays as it is: its row of the audit log was archived."
                                    : archived
                                            + " dead letters stay as they are: their rows of the audit log were archived.");
        }
    }

    private long deadLetters(DeadLetters dead) {
        Progress progress = progress("Replaying", dead.countReplayable(name));
        long told = dead.replay(name, progress::at);
        progress.end();
        return told;
    }

    private long period(DeadLetters dead, Subscriber subscriber) {
        Instant to = which.period.to == null ? Instant.now() : which.period.to;
        if (!which.period.from.isBefore(to)) {
            throw new IllegalArgumentException("--from has to be before --to");
        }
        Progress progress = progress("Replaying", dead.count(subscriber, which.period.from, to));
        long told = dead.replay(subscriber, which.period.from, to, progress::at);
        progress.end();
        return told;
    }
}
