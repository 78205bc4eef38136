package io.github.cxoneassist.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cxone-assist webhooks remove}. */
@Command(
        name = "remove",
        description =
                "Removes a subscriber, how far it was told, and its dead letters; of one that stood in the settings, what"
                        + " is left of it. The audit log stays as it is.",
        mixinStandardHelpOptions = true)
final class WebhooksRemoveCommand extends WebhookTask {

    @Parameters(paramLabel = "NAME", description = "Of the subscriber.")
    private String name;

    @Override
    int task() throws Exception {
        return changing((stored, database) -> {
            // also where one of the settings has its name: this is the way out of that
            if (!stored.remove(name, !isOfSettings(name))) {
                refuseOfSettings(name, "take out");
                find(name, stored);
            }
            out().println(name + " is removed.");
            return DONE;
        });
    }
}
