package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.PublicKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What a verification is told from outside of the log. */
final class AuditKeys {

    @Option(
            names = "--anchors",
            paramLabel = "FILE",
            description = "The checkpoints that were kept outside of the database, a line of JSON each.")
    private Path anchors;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "PEM file with all public keys that checkpoints and manifests may be signed with; those of"
                    + " cxone.audit.public-keys-file and the signing key unless given.")
    private Path publicKey;

    @Option(
            names = "--chain-key-file",
            paramLabel = "FILE",
            description = "The keys of keyed hashes, the file of cxone.audit.chain-key-file.")
    private Path chainKeyFile;

    /** @param settings null where only the options count */
    ChainKeys chainKeys(CommandSettings settings) {
        if (chainKeyFile != null) {
            return ChainKeys.read(chainKeyFile);
        }
        return settings == null ? ChainKeys.NONE : settings.audit().chainKeys();
    }

    /** @param settings null where only the options count */
    PublicKeys publicKeys(CommandSettings settings) {
        if (publicKey != null) {
            return PublicKeys.read(publicKey);
        }
        return settings == null ? PublicKeys.NONE : settings.audit().publicKeys();
    }

    /** Of a log as it is in the database. */
    AuditVerifier verifier(CommandSettings settings) {
        return new AuditVerifier(
                chainKeys(settings), publicKeys(settings), anchors(settings), AuditVerifier.DEFAULT_MAX_FINDINGS);
    }

    /** @param settings null where only the options count */
    Anchors anchors(CommandSettings settings) {
        Path file = anchors;
        if (file == null && settings != null) {
            file = settings.anchorFile().filter(Files::exists).orElse(null);
        }
        if (file == null) {
            return Anchors.NONE;
        }
        Anchors read = read(file);
        if (anchors != null && read.isEmpty()) {
            // whoever names it counts on it: nothing would be held against it, and all would seem well
            throw new SettingsException(List.of("--anchors: " + file + " holds no checkpoint"));
        }
        return read;
    }

    private static Anchors read(Path file) {
        // whatever is in it: a line that is not UTF-8 is one that cannot be read, and is told
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return Anchors.read(lines.lines().iterator());
        } catch (IOException e) {
            throw new UncheckedIOException("the anchor " + file + " cannot be read: " + e, e);
        }
    }
}
