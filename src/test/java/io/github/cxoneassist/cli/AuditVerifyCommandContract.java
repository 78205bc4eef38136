package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** What {@code audit verify} says of a log, and by which keys and anchors. */
abstract class AuditVerifyCommandContract extends AuditCommandFixture {

    @Test
    void aLogAsItWasWrittenIsSaidToBe() {
        assertThat(audit("verify")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        main: 10 rows, 1 to 10, 10 with keyed hashes; 3 checkpoints up to row 10, 3 with a good signature; \
                        anchored up to row 10

                        The audit log is as it was written.
                        """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theFirstBadRowIsNamed() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq IN (4, 7)");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "The audit log is NOT as it was written. First bad row: row 4 of node main",
                        "  main/4 CHANGED: row 4 was changed: its hash is not that of its fields",
                        "  main/7 CHANGED: row 7 was changed: its hash is not that of its fields");
    }

    @Test
    void aTailThatWasCutOffWithItsCheckpointsIsKnownToTheAnchor() {
        testDatabase.tamper(
                "DELETE FROM suggestion_text WHERE seq > 8",
                "DELETE FROM audit_event WHERE seq > 8",
                "DELETE FROM audit_checkpoint WHERE seq > 8");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains("First bad row: row 9 of node main", "main/9 TAIL_CUT: the rows from 9 on are missing");
    }

    @Test
    void linesOfTheAnchorThatCannotBeReadAreShown() throws Exception {
        Files.writeString(anchors, "{\"format\":\"cxone\nrubbish\n", StandardOpenOption.APPEND);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString()).contains("Of the anchor's lines, 2 cannot be read as a checkpoint: lines 4, 5.");
    }

    @Test
    void anAnchorThatIsNamedAndHoldsNoCheckpointIsWrongUse() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "nothing\n");

        assertThat(audit("verify", "--anchors", empty)).isEqualTo(2);

        assertThat(err.toString()).isEqualToNormalizingNewlines("--anchors: " + empty + " holds no checkpoint\n");
    }

    @Test
    void whatCouldNotBeCheckedIsSaid() throws Exception {
        configure("cxone.audit.anchor = log:x\n");
        Files.delete(anchors);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "Not checked: 10 keyed hashes, for want of --chain-key-file.",
                        "Not checked: signatures, for want of --public-key.",
                        "Not checked: against checkpoints kept outside, for want of --anchors.");
    }

    @Test
    void keysAndAnchorsMayComeFromElsewhere() throws Exception {
        configure("");
        Path kept = Files.move(anchors, folder.resolve("elsewhere"));

        assertThat(audit("verify", "--anchors", kept, "--public-key", PUBLIC_KEY, "--chain-key-file", CHAIN_KEYS))
                .isZero();

        assertThat(out.toString()).doesNotContain("Not checked").contains("anchored up to row 10");
    }

    @Test
    void rowsThatNoCheckpointCoversAreSaidToBeUncovered() throws Exception {
        testDatabase.tamper("DELETE FROM audit_checkpoint WHERE seq > 8");
        Files.delete(anchors);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains("Of main, the last 2 rows are covered by no checkpoint yet: they could be cut off unseen.");
    }

    @Test
    void rowsBehindTheLastAnchoredCheckpointAreSaidToBeBehindIt() throws Exception {
        Files.write(anchors, Files.readAllLines(anchors).subList(0, 2));
        assertThat(audit("hold", "set", "--interaction", "call-1", "--reason", "a lawsuit"))
                .isZero();

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "main.operator: 1 row, 1 to 1, 1 with a keyed hash; 1 checkpoint up to row 1, 1 with a good signature",
                        "Of main, the last 2 rows are behind the last anchored checkpoint: they could be cut off unseen.",
                        "Of main.operator, the last 1 row is behind the last anchored checkpoint: they could be cut off");
    }

    @Test
    void whatAKeyFromBeforeSignedIsNotCheckedAndAccusesNobodyUnlessAllKeysAreNamed() throws Exception {
        Path newKey = newSigningKey();
        configure("cxone.audit.chain-key-file = " + CHAIN_KEYS + "\ncxone.audit.signing-key-file = " + newKey + "\n");

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "Not checked: 3 signatures of keys that are not known. Name all public keys by --public-key or"
                                + " cxone.audit.public-keys-file.");
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive"), "--erase-texts"))
                .isZero();
        assertThat(audit("verify")).isZero();
    }

    @Test
    void theKeysFromBeforeMayStandInTheSettings() throws Exception {
        configure("cxone.audit.chain-key-file = " + CHAIN_KEYS + "\ncxone.audit.signing-key-file = " + newSigningKey()
                + "\ncxone.audit.public-keys-file = " + PUBLIC_KEY + "\n");

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains("3 checkpoints up to row 10, 3 with a good signature")
                .doesNotContain("Not checked");
    }

    @Test
    void whoNamesAllKeysHearsOfASignatureOfAnother() throws Exception {
        Path other = Files.writeString(
                folder.resolve("other.pem"), SigningKey.read(newSigningKey()).publicPem());

        assertThat(audit("verify", "--public-key", other, "--anchors", anchors)).isEqualTo(1);

        assertThat(out.toString())
                .contains("main/1 SIGNATURE: the checkpoint of the rows up to 4 is signed by the key");
    }

    @Test
    void allSettingsThatAreWrongAreNamedAtOnce() throws Exception {
        Files.writeString(
                config,
                "cxone.node = a b\ncxone.audit.text-days = -1\ncxone.audit.chain-key-file = " + folder + "/none\n");

        assertThat(audit("verify")).isEqualTo(2);

        assertThat(err.toString().lines()).hasSize(3);
        assertThat(err.toString())
                .contains("cxone.node is 'a b'.", "cxone.audit.text-days is '-1'.", "cxone.audit.chain-key-file: the");
    }

    @Test
    void anOptionThatDoesNotExistIsWrongUse() {
        assertThat(audit("verify", "--nothing")).isEqualTo(2);
    }

    @Test
    void aSingleOneIsNotCalledSeveral() {
        testDatabase.tamper("DELETE FROM suggestion_text WHERE seq > 1");

        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("old")))
                .isEqualTo(1);
        assertThat(audit("erase", "--interaction", "call-1")).isZero();

        assertThat(err.toString()).startsWith("nothing was archived: 1 text of a suggestion belongs to these rows");
        assertThat(out.toString()).isEqualToNormalizingNewlines("Erased 1 text.\n");
    }

    @Test
    void whatIsWrongWithoutBeingARowIsNotSaidToBeOne() {
        testDatabase.tamper("INSERT INTO legal_hold VALUES ('call-1', '2026-10-01T08:00:00.000000Z', 'x')");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "The audit log is NOT as it was written. First bad row: none, what is wrong is not a row",
                        "  -/0 LEGAL_HOLD: the legal hold on interaction call-1 was set by nobody");
    }
}
