package io.github.cxoneassist.cli;

import picocli.CommandLine.Command;

/** {@code cxone-assist audit}: what auditors and operators do with the log. */
@Command(
        name = "audit",
        description = "Checks, proves, exports and tidies the audit log, beside a running application.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; of verify: the log is as it was written",
            "1:refused, nothing happened; of verify: it is not",
            "2:it could not run"
        },
        subcommands = {
            AuditVerifyCommand.class,
            AuditProveCommand.class,
            AuditExportCommand.class,
            AuditEraseCommand.class,
            AuditHoldCommand.class,
            AuditArchiveCommand.class
        })
final class AuditCommand {}
