package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.CxoneAssist;
import io.github.cxoneassist.journal.TestDatabase;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of auditors and operators on the database of an application that is at work. */
abstract class AuditBesideTheApplicationContract {

    private static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();

    @TempDir
    Path folder;

    abstract TestDatabase newDatabase();

    @Test
    void theLogVerifiesAndLosesTextsWhileItGrows() throws Exception {
        try (TestDatabase database = newDatabase()) {
            theLogVerifiesAndLosesTextsWhileItGrows(database);
        }
    }

    private void theLogVerifiesAndLosesTextsWhileItGrows(TestDatabase database) throws Exception {
        String settings = "cxone.audit.chain-key-file = " + VECTORS.resolve("test-chain-keys.txt")
                + "\ncxone.audit.signing-key-file = " + VECTORS.resolve("test-signing-key.pem")
                + "\ncxone.audit.checkpoint-rows = 20\n";
        Path config = folder.resolve("audit.properties");
        Properties more = new Properties();
        more.load(new StringReader(settings));
        more.setProperty(
                "cxone.audit.anchor", "file:" + folder + "?fileName=anchors.jsonl&fileExist=Append&appendChars=\\\\n");
        Map<String, String> all = RunningAssist.on(database.settings());
        more.forEach((name, value) -> all.put(name.toString(), value.toString()));
        more.putAll(all);
        if (database.operator().migrateUser() != null) {
            more.setProperty("cxone.database-migrate-user", database.operator().migrateUser());
            more.setProperty(
                    "cxone.database-migrate-password", database.operator().migratePassword());
        }
        try (Writer file = Files.newBufferedWriter(config)) {
            more.store(file, null);
        }
        try (RunningAssist assist = RunningAssist.start(folder, new HastyAgent(new Random(1)), all)) {
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
