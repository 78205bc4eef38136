package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.Count;
import io.github.cxoneassist.journal.SuggestionTexts;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit erase}: removes texts of suggestions, and leaves the log as it is. */
@Command(
        name = "erase",
        description = "Removes texts of suggestions at once. The log stays, still verifies, and says that it was done.",
        mixinStandardHelpOptions = true)
final class AuditEraseCommand extends AuditTask {

    private static final int BATCH = 500;

    private static final class Which {
        @Option(names = "--interaction", paramLabel = "ID", description = "All texts of this interaction.")
        private String interaction;

        @Option(
                names = "--older-than-days",
                paramLabel = "DAYS",
                description = "All texts of more than so many days ago.")
        private Integer days;
    }

    @ArgGroup(multiplicity = "1")
    private Which which;

    @Override
    int run() throws Exception {
        if (which.days != null && which.days < 1) {
            throw new IllegalArgumentException("--older-than-days has to be a whole number from 1");
        }
        return asOperator((database, chain) -> {
            SuggestionTexts texts = new SuggestionTexts(database);
            Instant now = Instant.now();
            long erased = which.interaction != null
                    ? texts.erase(which.interaction, chain, now)
                    : texts.eraseOlderThan(now.minus(Duration.ofDays(which.days)), now, BATCH, chain, which.days);
            // even where there was nothing: an earlier command may have been killed before it came to this
            boolean forgotten = texts.forget();
            out().println(erased == 0 ? "There was no text to erase." : "Erased " + Count.of(erased, "text") + ".");
            if (!forgotten) {
                err().println("What was erased may still be found in the files of the database, since somebody reads it"
                        + " without a pause: run the command again.");
            }
            out().flush();
            return DONE;
        });
    }
}
