package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.DeadLetters;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist webhooks dead}. */
@Command(
        name = "dead",
        description = "Shows the events that a subscriber was not told in the end, the latest last, and why.",
        mixinStandardHelpOptions = true)
final class WebhooksDeadCommand extends WebhookTask {

    @Option(names = "--subscriber", paramLabel = "NAME", required = true, description = "Whose.")
    private String name;

    @Option(
            names = "--limit",
            paramLabel = "COUNT",
            defaultValue = "100",
            description = "How many at most; ${DEFAULT-VALUE} unless given.")
    private int limit;

    @Override
    int task() throws Exception {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit has to be a whole number from 1");
        }
        return reading((stored, database) -> {
            find(name, stored);
            DeadLetters dead = deadLetters(database);
            List<DeadLetters.Letter> letters = dead.list(name, limit);
            for (DeadLetters.Letter letter : letters) {
                out().println(letter.at() + "  " + letter.id() + "  " + letter.event()
                        + (letter.interactionId().isEmpty() ? "" : " of " + letter.interactionId()) + ", after "
                        + letter.tries() + (letter.tries() == 1 ? " try: " : " tries: ") + letter.failure());
            }
            long all = dead.count(name);
            if (all == 0) {
                out().println(name + " has no dead letters.");
            } else if (all > letters.size()) {
                out().println("These are the latest " + letters.size() + " of " + all + ".");
            }
            return DONE;
        });
    }
}
