package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditArchive;
import io.github.cxoneassist.journal.AuditExport;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.Count;
import io.github.cxoneassist.journal.ExportManifest;
import io.github.cxoneassist.journal.ExportVerifier;
import io.github.cxoneassist.journal.JdbcAuditSource;
import java.time.Clock;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit archive}: old rows into a verified export, and out of the database. */
@Command(
        name = "archive",
        description =
                "Exports whole checkpoints of old rows, verifies the export, and only then removes the rows. What is"
                        + " left still verifies.",
        mixinStandardHelpOptions = true)
final class AuditArchiveCommand extends AuditTask {

    @Option(
            names = "--before",
            paramLabel = "TIME",
            required = true,
            converter = InstantConverter.class,
            description = "Rows from before this time: a day (UTC), or an instant.")
    private Instant before;

    @Mixin
    private ExportOptions target;

    @Option(
            names = "--erase-texts",
            description = "Texts of these rows are erased with them; else it is refused where there are any.")
    private boolean eraseTexts;

    @Mixin
    private AuditKeys keys;

    @Override
    int run() throws Exception {
        return asOperator((database, chain) -> {
            Anchors anchors = keys.anchors(settings());
            ExportVerifier verifier = new ExportVerifier(
                    keys.chainKeys(settings()),
                    keys.publicKeys(settings()),
                    anchors,
                    AuditVerifier.DEFAULT_MAX_FINDINGS);
            AuditExport export = new AuditExport(
                    new JdbcAuditSource(database),
                    keys.verifier(settings()),
                    settings().audit().signingKey(),
                    Clock.systemUTC());
            Progress progress = progress("Archiving", 0);
            AuditArchive.Result result = new AuditArchive(
                            database, chain, settings().audit().node(), Clock.systemUTC())
                    .archive(before, target.file(), target.format(), eraseTexts, export, verifier, progress::at);
            progress.end();
            out().println("Archived " + Count.of(result.rows(), "row") + " in " + target.file() + " (keep "
                    + ExportManifest.beside(target.file()).getFileName() + " with it), and removed "
                    + (result.rows() == 1 ? "it" : "them")
                    + (result.texts() == 0 ? "." : " with " + Count.of(result.texts(), "text") + "."));
            if (result.deadLetters() > 0) {
                out().println(Count.of(result.deadLetters(), "dead letter")
                        + " of webhooks cannot be replayed any more.");
            }
            out().flush();
            return DONE;
        });
    }
}
