package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.LegalHolds;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit hold}: legal holds, which stop erasure, retention and archive. */
@Command(
        name = "hold",
        description = "Legal holds: nothing of what is held is erased, runs out or is archived.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditHoldCommand.Set.class, AuditHoldCommand.Release.class, AuditHoldCommand.Show.class})
final class AuditHoldCommand {

    private static final class Which {
        @Option(names = "--interaction", paramLabel = "ID", description = "This interaction.")
        private String interaction;

        @Option(names = "--all", description = "All interactions, those to come too.")
        private boolean all;

        String id() {
            if (all) {
                return LegalHolds.ALL;
            }
            if (interaction.equals(LegalHolds.ALL)) {
                throw new IllegalArgumentException(
                        "an interaction " + LegalHolds.ALL + " is none: say --all for everything");
            }
            return interaction;
        }
    }

    @Command(name = "set", description = "Begins one.", mixinStandardHelpOptions = true)
    static final class Set extends AuditTask {
        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record.")
        private String reason;

        @Override
        int run() throws Exception {
            return asOperator((database, chain) -> {
                new LegalHolds(database, chain, Clock.systemUTC()).set(which.id(), reason);
                out().println("Held: " + new LegalHolds.Hold(which.id(), null, null).what() + ".");
                out().flush();
                return DONE;
            });
        }
    }

    @Command(name = "release", description = "Ends one.", mixinStandardHelpOptions = true)
    static final class Release extends AuditTask {
        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record.")
        private String reason;

        @Override
        int run() throws Exception {
            return asOperator((database, chain) -> {
                new LegalHolds(database, chain, Clock.systemUTC()).release(which.id(), reason);
                out().println("No longer held: " + new LegalHolds.Hold(which.id(), null, null).what() + ".");
                out().flush();
                return DONE;
            });
        }
    }

    @Command(name = "list", description = "Shows those that there are.", mixinStandardHelpOptions = true)
    static final class Show extends AuditTask {
        @Override
        int run() {
            try (HikariDataSource database = openToRead()) {
                List<LegalHolds.Hold> holds = new LegalHolds(database, null, Clock.systemUTC()).all();
                if (holds.isEmpty()) {
                    out().println("Nothing is held.");
                }
                holds.forEach(hold -> out().println(hold.since() + "  " + hold.what() + ": " + hold.reason()));
                out().flush();
                return DONE;
            }
        }
    }
}
