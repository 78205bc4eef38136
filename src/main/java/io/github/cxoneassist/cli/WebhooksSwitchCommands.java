package io.github.cxoneassist.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code cxone-assist webhooks disable} and {@code enable}. */
final class WebhooksSwitchCommands {

    private WebhooksSwitchCommands() {}

    @Command(
            name = "disable",
            description = "Tells a subscriber nothing more. Nothing is lost: its events wait until it is enabled.",
            mixinStandardHelpOptions = true)
    static final class Disable extends WebhookTask {
        @Parameters(paramLabel = "NAME", description = "Of the subscriber.")
        private String name;

        @Override
        int task() throws Exception {
            refuseOfSettings(name, "set paused = true of");
            return changing((stored, database) -> {
                find(name, stored);
                stored.pause(name, true);
                out().println(name + " is disabled. Its events wait.");
                return DONE;
            });
        }
    }

    @Command(
            name = "enable",
            description = "Goes on with a subscriber that was disabled, or that said itself that it is gone.",
            mixinStandardHelpOptions = true)
    static final class Enable extends WebhookTask {
        @Parameters(paramLabel = "NAME", description = "Of the subscriber.")
        private String name;

        @Override
        int task() throws Exception {
            return changing((stored, database) -> {
                boolean pausedBySettings = find(name, stored).paused() && isOfSettings(name);
                stored.pause(name, false);
                stored.enable(name);
                if (pausedBySettings) {
                    refuseOfSettings(name, "remove paused = true of");
                }
                out().println(name + " is enabled, and told what it missed.");
                return DONE;
            });
        }
    }
}
