package io.github.cxoneassist.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code cxone-assist run}, {@code sandbox}, {@code audit} and {@code webhooks}. */
@Command(
        name = "cxone-assist",
        description = "Suggestions from any Camel endpoint to NICE CXone Agent Assist, and their outcome back.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {RunCommand.class, SandboxCommand.class, AuditCommand.class, WebhooksCommand.class})
public final class CxoneAssist {

    private CxoneAssist() {}

    /**
     * Runs a command to its end.
     *
     * @return the exit code: 0 after a clean stop, 1 when it could not start or failed, 2 for wrong use or settings
     */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    /** To be told where to print. */
    static CommandLine commandLine() {
        return new CommandLine(new CxoneAssist())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(StartFailure.explain(failure));
                    return failure instanceof SettingsException
                            ? command.getCommandSpec().exitCodeOnInvalidInput()
                            : 1;
                });
    }
}
