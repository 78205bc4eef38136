package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published in {@code docs/audit} is what the code writes, and what the programs there say of it. */
class AuditVectorsTest {
    private static final Path VECTORS = Path.of("docs/audit/vectors");
    private static final Path PUBLIC_KEY = VECTORS.resolve("test-public-key.pem");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final ChainKeys chainKeys = ChainKeys.read(VECTORS.resolve("test-chain-keys.txt"));
    private final SigningKey signingKey = SigningKey.read(VECTORS.resolve("test-signing-key.pem"));
    private final PublicKeys publicKeys = PublicKeys.read(PUBLIC_KEY);

    /** Three rows without a key, then the older key of the file, then the one in use: a checkpoint after 4 and 9. */
    private AuditLog log() {
        AuditLog log = new AuditLog();
        List<ChainKey> keys = new ArrayList<>();
        keys.add(null);
        keys.add(chainKeys.find("7a3fe4037f9ae56b").orElseThrow());
        keys.add(chainKeys.writing().orElseThrow());
        for (int i = 0; i < 10; i++) {
            log.append("main", keys.get(i < 3 ? 0 : i < 6 ? 1 : 2), entry(i));
        }
        for (int[] range : new int[][] {{0, 4}, {4, 9}}) {
            MerkleTree tree = new MerkleTree();
            log.rows.subList(range[0], range[1]).forEach(row -> tree.add(RowLine.of(row)));
            log.checkpoints.add(Checkpoint.of(
                    "main",
                    range[0] + 1,
                    range[1],
                    tree.root(),
                    log.rows.get(range[1] - 1).hash(),
                    JournalRow.atText(Instant.parse("2026-11-22T08:05:00Z").plusSeconds(range[1])),
                    range[0] == 0 ? Checkpoint.NONE : log.checkpoints.get(0).hash(),
                    signingKey));
        }
        return log;
    }

    private static JournalEntry entry(int i) {
        return switch (i) {
            case 0 -> JournalEntry.of(JournalEvent.CONFIGURED).withDetail("config", "0123456789abcdef");
            case 1 -> JournalEntry.of(JournalEvent.CONNECTED).withReason("authenticated");
            case 2, 6 ->
                JournalEntry.of(JournalEvent.INJECTED, "call-1", "s-" + i)
                        .withDetail("source", "kb \"quoted\" \\ \u0001 é 😀")
                        .withDetail("relevanceScore", 0.85)
                        .withText("Frag nach dem Beleg");
            case 3, 7 -> JournalEntry.of(JournalEvent.ACK_RECEIVED, "call-1", "s-" + (i - 1));
            case 4, 8 ->
                JournalEntry.of(JournalEvent.ACCEPTED, "call-1", "s-" + (i - 2)).withDetail("agent", "a-7");
            default -> JournalEntry.of(JournalEvent.DISCONNECTED).withReason("1006");
        };
    }

    @Test
    void theRowsAreThose() throws IOException {
        assertPublished("rows.jsonl", log().rows.stream().map(RowLine::of).toList());
    }

    @Test
    void theCheckpointsAreThose() throws IOException {
        assertPublished(
                "checkpoints.jsonl",
                log().checkpoints.stream().map(Checkpoint::toJson).toList());
    }

    @Test
    void theProofIsThat() throws IOException {
        assertPublished(
                "proof.json", List.of(InclusionProof.of(log(), "s-2", null).toJson()));
    }

    @Test
    void thePublicKeyIsThatOfTheSigningKey() throws IOException {
        assertPublished("test-public-key.pem", signingKey.publicPem().lines().toList());
    }

    @Test
    void thePublishedLogVerifies() throws IOException {
        AuditLog published = new AuditLog();
        Files.readAllLines(VECTORS.resolve("rows.jsonl")).forEach(line -> published.rows.add(RowLine.parse(line)));
        List<String> anchors = Files.readAllLines(VECTORS.resolve("checkpoints.jsonl"));
        anchors.forEach(line -> published.checkpoints.add(Checkpoint.parse(line).orElseThrow()));

        AuditReport report =
                new AuditVerifier(chainKeys, publicKeys, Anchors.read(anchors.iterator()), 10).verify(published);

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes()).containsExactly(new AuditReport.Node("main", 1, 10, 10, 7, 0, 2, 2, 0, 9, 9));
    }

    @Test
    void theProgramInJavaAcceptsTheProof() throws Exception {
        assertAccepted(java(VECTORS.resolve("proof.json")));
    }

    @Test
    void theProgramInPythonAcceptsTheProof() throws Exception {
        assumePython();

        assertAccepted(python(VECTORS.resolve("proof.json")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call-1|call-2",
                "merkleRoot|merkleRoots",
                "leafIndex\":2|leafIndex\":1",
                "\"suggestionId\":\"s-2\",\"unc|\"suggestionId\":\"s-3\",\"unc",
            })
    void theProgramsRefuseAProofThatWasChanged(String what, String with) throws Exception {
        String proof = Files.readString(VECTORS.resolve("proof.json"));
        Path changed = folder.resolve("changed.json");
        Files.writeString(changed, proof.replace(what, with));
        assertThat(Files.readString(changed)).isNotEqualTo(proof);

        assertRefused(java(changed));
        assumePython();
        assertRefused(python(changed));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theKeyThatSignedMayStandAnywhereInTheFile(boolean first) throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String another = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(other.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        String ours = Files.readString(PUBLIC_KEY);
        Path keys = folder.resolve("keys.pem");
        Files.writeString(keys, first ? ours + another : another + ours);

        assertAccepted(java(VECTORS.resolve("proof.json"), keys));
        assumePython();
        assertAccepted(python(VECTORS.resolve("proof.json"), keys));
    }

    @Test
    void aSignatureOfAnotherKeyIsNone() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path keys = folder.resolve("keys.pem");
        Files.writeString(
                keys,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getEncoder().encodeToString(other.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertRefused(java(VECTORS.resolve("proof.json"), keys));
        assumePython();
        assertRefused(python(VECTORS.resolve("proof.json"), keys));
    }

    @Test
    void whatCannotBeLookedAtIsNotRefused() throws Exception {
        Path nothing = folder.resolve("nothing.json");

        assertThat(java(nothing).code()).isEqualTo(2);
        assertThat(java(VECTORS.resolve("proof.json"), VECTORS.resolve("proof.json"))
                        .output())
                .contains("there is no public key in the file of public keys");
        assumePython();
        assertThat(python(nothing).code()).isEqualTo(2);
    }

    private static void assertAccepted(Ended program) {
        assertThat(program.output()).contains("OK, rows of suggestion s-2: 3");
        assertThat(program.code()).isZero();
    }

    private static void assertRefused(Ended program) {
        assertThat(program.output()).contains("NOT PROVED");
        assertThat(program.code()).isEqualTo(1);
    }

    private record Ended(int code, String output) {}

    private static Ended java(Path proof) throws Exception {
        return java(proof, PUBLIC_KEY);
    }

    private static Ended java(Path proof, Path keys) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(List.of(java, "docs/audit/VerifyProof.java", proof.toString(), keys.toString()));
    }

    private static Ended python(Path proof) throws Exception {
        return python(proof, PUBLIC_KEY);
    }

    private static Ended python(Path proof, Path keys) throws Exception {
        return run(List.of("python3", "docs/audit/verify_proof.py", proof.toString(), keys.toString()));
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private static void assumePython() throws InterruptedException {
        boolean there;
        try {
            there = run(List.of("python3", "-c", "import cryptography")).code() == 0;
        } catch (IOException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "no python3 with the package cryptography on this machine");
    }

    private static void assertPublished(String file, List<String> lines) throws IOException {
        if (Boolean.getBoolean("audit.vectors.write")) {
            Files.write(VECTORS.resolve(file), lines);
        }
        assertThat(Files.readAllLines(VECTORS.resolve(file))).isEqualTo(lines);
    }
}
