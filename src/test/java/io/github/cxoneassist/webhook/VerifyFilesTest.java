package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The files with which subscribers verify, run as they are, on what is really sent. */
class VerifyFilesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final WebhookSecret PRIVATE_KEY =
            WebhookSecret.parse("whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=");
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "docs/webhooks/Verify.java");
    private static final List<String> PYTHON = List.of("python3", "docs/webhooks/verify.py");
    private static final List<String> NODE = List.of("node", "docs/webhooks/verify.mjs");

    @Test
    void javaVerifiesBothSchemes() throws Exception {
        assertVerifies(JAVA, SECRET);
        assertVerifies(JAVA, PRIVATE_KEY.publicKey().orElseThrow());
    }

    @Test
    void pythonVerifiesTheSharedSecret() throws Exception {
        assume("python3");
        assertVerifies(PYTHON, SECRET);
    }

    @Test
    void javaScriptVerifiesBothSchemes() throws Exception {
        assume("node");
        assertVerifies(NODE, SECRET);
        assertVerifies(NODE, PRIVATE_KEY.publicKey().orElseThrow());
    }

    /** A delivery as it is sent while a secret is replaced; and three that are not genuine. */
    private static void assertVerifies(List<String> program, String key) throws Exception {
        Delivery now = delivery(Clock.systemUTC());
        Delivery old = delivery(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)));
        byte[] changed = new String(now.body(), StandardCharsets.US_ASCII)
                .replace("accepted", "rejected")
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(run(program, key, now.headers(), now.body())).isEqualTo("0 genuine");
        assertThat(run(program, key, now.headers(), changed)).isEqualTo("1 not genuine");
        assertThat(run(program, key, old.headers(), old.body())).isEqualTo("1 not genuine");
        assertThat(run(
                        program,
                        key,
                        Map.of(
                                "webhook-id", now.headers().get("webhook-id"),
                                "webhook-timestamp", now.headers().get("webhook-timestamp"),
                                "webhook-signature", "v1,rubbish v1a,AAAA v2,AAAA nothing"),
                        now.body()))
                .isEqualTo("1 not genuine");
    }

    private static Delivery delivery(Clock clock) {
        Subscriber subscriber = new Subscriber(
                "kb",
                SubscriberRules.url("https://kb.example.com/", true),
                Subscriber.DECISIONS,
                List.of(PRIVATE_KEY.text(), SECRET),
                Map.of(),
                false,
                false,
                1);
        return new DeliveryWriter(subscriber, TextSource.NONE, clock).write(Events.accepted(42));
    }

    private static String run(List<String> program, String key, Map<String, String> headers, byte[] body)
            throws Exception {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                key, headers.get("webhook-id"), headers.get("webhook-timestamp"), headers.get("webhook-signature")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + output;
    }

    private static void assume(String program) throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder(program, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        Assumptions.assumeTrue(there, "no " + program + " on this machine");
    }
}
