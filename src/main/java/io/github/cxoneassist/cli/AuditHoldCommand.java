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

    /** What begins or ends a hold, and says why. */
    private abstract static class Change extends AuditTask {
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

        private final String done;

        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record.")
        private String reason;

        /** @param done how to say that it is */
        Change(String done) {
            this.done = done;
        }

        abstract void change(LegalHolds holds, String interactionId, String why);

        @Override
        int run() throws Exception {
            String id = which.id();
            return asOperator((database, chain) -> {
                change(new LegalHolds(database, chain, Clock.systemUTC()), id, reason);
                out().println(done + ": " + new LegalHolds.Hold(id, null, null).what() + ".");
                out().flush();
                return DONE;
            });
        }
    }

    @Command(name = "set", description = "Begins one.", mixinStandardHelpOptions = true)
    static final class Set extends Change {
        Set() {
            super("Held");
        }

        @Override
        void change(LegalHolds holds, String interactionId, String why) {
            holds.set(interactionId, why);
        }
    }

    @Command(name = "release", description = "Ends one.", mixinStandardHelpOptions = true)
    static final class Release extends Change {
        Release() {
            super("No longer held");
        }

        @Override
        void change(LegalHolds holds, String interactionId, String why) {
            holds.release(interactionId, why);
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
