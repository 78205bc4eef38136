package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Archives;
import io.github.cxoneassist.journal.AuditReport;
import io.github.cxoneassist.journal.Count;
import io.github.cxoneassist.journal.InclusionProof;
import io.github.cxoneassist.journal.JdbcAuditSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--archives",
            paramLabel = "FOLDER",
            defaultValue = "",
            description = "Where archives are looked for, when the rows have left the database; here unless given.")
    private Path folder;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it; to the console unless given.")
    private Path file;

    @Override
    int run() throws IOException {
        InclusionProof proof;
        List<AuditReport.Archive> archives;
        try (HikariDataSource database = openToRead()) {
            JdbcAuditSource source = new JdbcAuditSource(database);
            proof = InclusionProof.of(source, suggestion, interaction);
            archives = proof.rows() + proof.uncovered() == 0 ? Archives.of(source) : List.of();
        }
        if (proof.rows() + proof.uncovered() == 0) {
            notInTheDatabase(archives);
            return FOUND;
        }
        if (proof.uncovered() > 0) {
            err().println(proof.uncovered() + " of its rows cannot be proved yet: the next checkpoint will cover "
                    + (proof.uncovered() == 1 ? "it." : "them."));
        }
        if (file == null) {
            out().println(proof.toJson());
        } else {
            Files.writeString(file, proof.toJson() + "\n", StandardOpenOption.CREATE_NEW);
            out().println("Proved " + Count.of(proof.rows(), "row") + " in " + file);
        }
        out().flush();
        return proof.rows() == 0 ? FOUND : DONE;
    }

    /** Which archive has it, as far as the files are at hand; where one is not, it may be the one. */
    private void notInTheDatabase(List<AuditReport.Archive> archives) {
        String asked = "suggestion " + suggestion + (interaction == null ? "" : " in interaction " + interaction);
        List<AuditReport.Archive> missing = new ArrayList<>();
        for (AuditReport.Archive archive : archives) {
            if (archive.file() == null || !Files.isReadable(folder.resolve(archive.file()))) {
                missing.add(archive);
            } else if (Archives.has(folder.resolve(archive.file()), suggestion, interaction)) {
                err().println("The rows of " + asked + " were archived: they are in " + place(archive) + ".");
                return;
            }
        }
        if (missing.isEmpty()) {
            err().println("There is no row of " + asked + (archives.isEmpty() ? "." : ", nor in what was archived."));
            return;
        }
        err().println("There is no row of " + asked + " in the database. It may have been archived, in one of these,"
                + " which are not in " + folder.toAbsolutePath().normalize() + " (--archives names another folder):");
        missing.forEach(archive -> err().println("  " + place(archive)));
    }

    private static String place(AuditReport.Archive archive) {
        return archive.file() + " with the SHA-256 " + archive.sha256() + ", which has the rows " + archive.firstSeq()
                + " to " + archive.seq() + " of " + archive.node();
    }
}
