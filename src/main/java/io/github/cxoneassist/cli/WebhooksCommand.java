package io.github.cxoneassist.cli;

import picocli.CommandLine.Command;

/** {@code cxone-assist webhooks}: who is told what agents decided. */
@Command(
        name = "webhooks",
        description = "Who is told what agents decided. A running application notices within seconds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; of ping: the subscriber took it",
            "1:refused, nothing happened; of ping: it did not",
            "2:it could not run"
        },
        subcommands = {
            WebhooksAddCommand.class,
            WebhooksListCommand.class,
            WebhooksSwitchCommands.Disable.class,
            WebhooksSwitchCommands.Enable.class,
            WebhooksRotateCommand.class,
            WebhooksRemoveCommand.class,
            WebhooksPingCommand.class,
            WebhooksDeadCommand.class,
            WebhooksReplayCommand.class
        })
final class WebhooksCommand {}
