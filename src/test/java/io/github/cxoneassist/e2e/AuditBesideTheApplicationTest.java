package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.CxoneAssist;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of auditors and operators on the database of an application that is at work. */
class AuditBesideTheApplicationTest {

    private static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void theLogVerifiesAndLosesTextsWhileItGrows() throws Exception {
        String settings = "cxone.audit.chain-key-file = " + VECTORS.resolve("test-chain-keys.txt")
                + "\ncxone.audit.signing-key-file = " + VECTORS.resolve("test-signing-key.pem")
                + "\ncxone.audit.checkpoint-rows = 20\n";
        Path config = folder.resolve("audit.properties");
        Files.writeString(config, settings + "cxone.database-url = jdbc:sqlite:" + folder.resolve("assist.db") + "\n");
        Properties more = new Properties();
        more.load(new StringReader(settings));
        Map<String, String> all = new HashMap<>();
        more.forEach((name, value) -> all.put(name.toString(), value.toString()));
        try (RunningAssist assist = RunningAssist.start(folder, new ManualAgent(), all)) {
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger sent = new AtomicInteger();
            CompletableFuture<Void> source = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    int number = sent.incrementAndGet();
                    post(assist, "call-" + number / 4, "s-" + number);
                }
            });
            await().until(() -> sent.get() > 20);

            for (int i = 0; i < 15; i++) {
                assertThat(CxoneAssist.execute("audit", "verify", "--config", config.toString()))
                        .isZero();
            }
            assertThat(assist.send("/api/interactions/call-1/end").statusCode()).isEqualTo(200);
            await().until(() ->
                    CxoneAssist.execute("audit", "erase", "--interaction", "call-1", "--config", config.toString())
                            == 0);
            assertThat(CxoneAssist.execute(
                            "audit", "export", "--out", folder.resolve("x").toString(), "--config", config.toString()))
                    .isZero();

            enough.set(true);
            source.join();
            assertThat(CxoneAssist.execute(
                            "audit",
                            "verify",
                            "--from-export",
                            folder.resolve("x").toString()))
                    .isZero();
            assertThat(assist.audit().stream().filter(row -> row.event().equals("erased")))
                    .singleElement()
                    .extracting(AuditRow::details)
                    .isEqualTo("{\"texts\":4}");
            assertThat(sent.get()).isGreaterThan(50);
        }
        assertThat(CxoneAssist.execute("audit", "verify", "--config", config.toString()))
                .isZero();
    }

    private static void post(RunningAssist assist, String interaction, String id) {
        Instant now = Instant.now();
        try {
            assertThat(assist.post("{\"interactionId\":\"" + interaction + "\",\"id\":\"" + id
                                    + "\",\"content\":\"Verify the receipt\",\"priority\":\"HIGH\","
                                    + "\"relevanceScore\":0.85,\"contextWindow\":{\"start\":\"" + now.minusSeconds(1)
                                    + "\",\"end\":\"" + now.plusSeconds(300) + "\"}}")
                            .statusCode())
                    .isEqualTo(202);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
