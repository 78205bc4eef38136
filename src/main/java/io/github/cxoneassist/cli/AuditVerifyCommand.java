package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditReport;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ExportManifest;
import io.github.cxoneassist.journal.ExportVerifier;
import io.github.cxoneassist.journal.JdbcAuditSource;
import io.github.cxoneassist.journal.PublicKeys;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cxone-assist audit verify}: reads all of it, and says whether it is as it was written. */
@Command(
        name = "verify",
        description =
                "Checks the audit log, or an export of it, and names the first row that is not as it was written.",
        mixinStandardHelpOptions = true)
final class AuditVerifyCommand extends AuditTask {

    @Option(
            names = "--from-export",
            paramLabel = "FILE",
            description = "An export with its manifest beside it, in place of the database. Needs neither settings nor"
                    + " network; settings count only with --config.")
    private Path export;

    @Mixin
    private AuditKeys keys;

    @Override
    int run() {
        CommandSettings known = export == null || isConfigured() ? settings() : null;
        Anchors anchors = keys.anchors(known);
        PublicKeys publicKeys = keys.publicKeys(known);
        AuditReport report =
                export == null ? verifyDatabase(known, publicKeys, anchors) : verifyExport(known, publicKeys, anchors);
        new AuditReportText(out()).print(report, anchors, !publicKeys.isEmpty(), export == null);
        return report.intact() ? DONE : FOUND;
    }

    private AuditReport verifyDatabase(CommandSettings known, PublicKeys publicKeys, Anchors anchors) {
        AuditVerifier verifier =
                new AuditVerifier(keys.chainKeys(known), publicKeys, anchors, AuditVerifier.DEFAULT_MAX_FINDINGS);
        try (HikariDataSource database = openToRead()) {
            JdbcAuditSource source = new JdbcAuditSource(database);
            Progress progress = progress("Verifying", source.size());
            AuditReport report = verifier.verify(source, progress::at);
            progress.end();
            return report;
        }
    }

    private AuditReport verifyExport(CommandSettings known, PublicKeys publicKeys, Anchors anchors) {
        ExportVerifier verifier =
                new ExportVerifier(keys.chainKeys(known), publicKeys, anchors, AuditVerifier.DEFAULT_MAX_FINDINGS);
        Progress progress = progress(
                "Verifying", ExportManifest.read(ExportManifest.beside(export)).rows());
        AuditReport report = verifier.verify(export, progress::at);
        progress.end();
        return report;
    }
}
