package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/** Checks an export with nothing but its file, its manifest, and keys and anchor as far as they are at hand. */
public final class ExportVerifier {
    private final ChainKeys chainKeys;
    private final PublicKeys publicKeys;
    private final Anchors anchors;
    private final int maxFindings;

    /** As for {@link AuditVerifier}; where public keys are given, the manifest has to be signed by one of them. */
    public ExportVerifier(ChainKeys chainKeys, PublicKeys publicKeys, Anchors anchors, int maxFindings) {
        this.chainKeys = chainKeys;
        this.publicKeys = publicKeys;
        this.anchors = anchors;
        this.maxFindings = maxFindings;
    }

    /**
     * The first finding names the first bad row where one can be named; what is wrong with the file as a whole comes last.
     *
     * @throws IllegalArgumentException where there is no manifest, or what stands in its place is none
     */
    public AuditReport verify(Path file, LongConsumer progress) {
        ExportManifest manifest = ExportManifest.read(ExportManifest.beside(file));
        AuditReport rows;
        try (ExportSource source = new ExportSource(file, manifest)) {
            rows = new AuditVerifier(chainKeys, publicKeys, anchors, maxFindings).verify(source, progress);
        }
        List<Finding> findings = new ArrayList<>(rows.findings());
        List<Finding> ofTheWhole = new ArrayList<>();
        checkManifest(manifest, rows, ofTheWhole);
        if (!sha256(file).equals(manifest.sha256())) {
            add(
                    ofTheWhole,
                    manifest,
                    Finding.Kind.EXPORT,
                    "the file is not the one of its manifest: its SHA-256 is another");
        }
        findings.addAll(ofTheWhole);
        return new AuditReport(
                findings, rows.total() + ofTheWhole.size(), rows.nodes(), rows.archived(), isOpen(manifest));
    }

    private void checkManifest(ExportManifest manifest, AuditReport report, List<Finding> findings) {
        if (!publicKeys.isEmpty() && !manifest.isSigned()) {
            add(findings, manifest, Finding.Kind.SIGNATURE, "the manifest is not signed");
        } else if (!publicKeys.isEmpty() && !isOpen(manifest) && !manifest.signedByOneOf(publicKeys)) {
            add(
                    findings,
                    manifest,
                    Finding.Kind.SIGNATURE,
                    "the manifest is signed by none of the keys given, or was changed");
        }
        for (AuditReport.Node node : report.nodes()) {
            manifest.parts().stream()
                    .filter(part -> part.node().equals(node.name()) && part.rows() != node.rows())
                    .forEach(part -> findings.add(new Finding(
                            node.name(),
                            part.range().first(),
                            Finding.Kind.EXPORT,
                            "the file has " + Count.of(node.rows(), "row") + " of the node, the manifest says "
                                    + part.rows())));
        }
    }

    private boolean isOpen(ExportManifest manifest) {
        return !publicKeys.isEmpty() && manifest.isSigned() && publicKeys.leavesOpen(manifest.keyId());
    }

    private static void add(List<Finding> findings, ExportManifest manifest, Finding.Kind kind, String what) {
        String node = manifest.parts().isEmpty() ? "-" : manifest.parts().get(0).node();
        long seq =
                manifest.parts().isEmpty() ? 0 : manifest.parts().get(0).range().first();
        findings.add(new Finding(node, seq, kind, what));
    }

    private static String sha256(Path file) {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the export " + file + " cannot be read: " + e, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
