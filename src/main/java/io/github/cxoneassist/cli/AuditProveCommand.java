package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.InclusionProof;
import io.github.cxoneassist.journal.JdbcAuditSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit prove}: that the rows of a suggestion are in the log, for somebody who has not the log. */
@Command(
        name = "prove",
        description =
                "Writes a proof that the rows of a suggestion are in the log. docs/audit has programs that check it.",
        mixinStandardHelpOptions = true)
final class AuditProveCommand extends AuditTask {

    @Option(names = "--suggestion", paramLabel = "ID", required = true, description = "The suggestion's id.")
    private String suggestion;

    @Option(
            names = "--interaction",
            paramLabel = "ID",
            description = "The interaction, where several have a suggestion of this id.")
    private String interaction;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it; to the console unless given.")
    private Path file;

    @Override
    int run() throws IOException {
        InclusionProof proof;
        try (HikariDataSource database = openToRead()) {
            proof = InclusionProof.of(new JdbcAuditSource(database), suggestion, interaction);
        }
        if (proof.rows() + proof.uncovered() == 0) {
            err().println("There is no row of suggestion " + suggestion
                    + (interaction == null ? "" : " in interaction " + interaction) + ".");
            return FOUND;
        }
        if (proof.uncovered() > 0) {
            err().println(proof.uncovered()
                    + " of its rows cannot be proved yet: the next checkpoint will cover them.");
        }
        if (file == null) {
            out().println(proof.toJson());
        } else {
            Files.writeString(file, proof.toJson() + "\n", StandardOpenOption.CREATE_NEW);
            out().println("Proved " + proof.rows() + " rows in " + file);
        }
        out().flush();
        return proof.rows() == 0 ? FOUND : DONE;
    }
}
