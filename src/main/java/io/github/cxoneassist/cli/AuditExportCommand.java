package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.AuditExport;
import io.github.cxoneassist.journal.ExportManifest;
import io.github.cxoneassist.journal.JdbcAuditSource;
import java.time.Clock;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit export}: rows in a file, and a manifest with which it can be verified. */
@Command(
        name = "export",
        description =
                "Checks rows of the log, and writes them into a file, and FILE.manifest.json beside it, with which verify"
                        + " --from-export checks it. It has no texts of suggestions.",
        mixinStandardHelpOptions = true)
final class AuditExportCommand extends AuditTask {

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Rows of this time and later: a day (UTC), or an instant.")
    private Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Rows from before this time.")
    private Instant to;

    @Mixin
    private ExportOptions target;

    @Mixin
    private AuditKeys keys;

    @Override
    int run() {
        try (HikariDataSource database = openToRead()) {
            JdbcAuditSource source = new JdbcAuditSource(database);
            Progress progress = progress("Exporting", from == null && to == null ? 2 * source.size() : 0);
            ExportManifest manifest = new AuditExport(
                            source,
                            keys.verifier(settings()),
                            settings().audit().signingKey(),
                            Clock.systemUTC())
                    .write(from, to, target.file(), target.format(), progress::at);
            progress.end();
            out().println("Exported " + manifest.rows() + (manifest.rows() == 1 ? " row to " : " rows to ")
                    + target.file() + ", and how to verify them to " + ExportManifest.beside(target.file()));
            out().flush();
            return DONE;
        }
    }
}
