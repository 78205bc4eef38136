package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void javaTakesNoDeliveryWithoutAHeaderForGenuine(@TempDir Path classes) throws Exception {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), "docs/webhooks/Verify.java"))
                .isZero();
        Delivery now = delivery(Clock.systemUTC());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Method isGenuine = loader.loadClass("Verify")
                    .getMethod(
                            "isGenuine",
                            String.class,
                            String.class,
                            String.class,
                            String.class,
                            byte[].class,
                            Instant.class);
            for (int missing = -1; missing < 3; missing++) {
                List<String> headers = headersBut(missing, now);
                assertThat(isGenuine.invoke(
                                null,
                                SECRET,
                                headers.get(0),
                                headers.get(1),
                                headers.get(2),
                                now.body(),
                                Instant.now()))
                        .isEqualTo(missing < 0);
            }
        }
    }

    @Test
    void pythonTakesNoDeliveryWithoutAHeaderForGenuine() throws Exception {
        assume("python3");
        assertRefusesWhatHasAHeaderMissing(
                "None",
                "import sys; sys.dont_write_bytecode = True; sys.path.insert(0, 'docs/webhooks'); import verify;"
                        + " print(verify.is_genuine(%s, sys.stdin.buffer.read()))",
                List.of("python3", "-c"));
    }

    @Test
    void javaScriptTakesNoDeliveryWithoutAHeaderForGenuine() throws Exception {
        assume("node");
        assertRefusesWhatHasAHeaderMissing(
                "undefined",
                "import { isGenuine } from './docs/webhooks/verify.mjs'; import { readFileSync } from 'node:fs';"
                        + " console.log(isGenuine(%s, readFileSync(0)))",
                List.of("node", "--input-type=module", "-e"));
    }

    /** What asks for a header that is not there is given what the language has for nothing. */
    private static void assertRefusesWhatHasAHeaderMissing(String nothing, String script, List<String> program)
            throws Exception {
        Delivery now = delivery(Clock.systemUTC());
        for (int missing = -1; missing < 3; missing++) {
            List<String> arguments = new ArrayList<>(List.of("'" + SECRET + "'"));
            headersBut(missing, now).forEach(header -> arguments.add(header == null ? nothing : "'" + header + "'"));
            List<String> command = new ArrayList<>(program);
            command.add(script.formatted(String.join(", ", arguments)));
            assertThat(run(command, now.body())).isEqualToIgnoringCase("0 " + (missing < 0));
        }
    }

    /** @param missing which of the three is null; none where it is negative */
    private static List<String> headersBut(int missing, Delivery delivery) {
        List<String> headers = new ArrayList<>(Stream.of("webhook-id", "webhook-timestamp", "webhook-signature")
                .map(delivery.headers()::get)
                .toList());
        if (missing >= 0) {
            headers.set(missing, null);
        }
        return headers;
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
        return run(command, body);
    }

    private static String run(List<String> command, byte[] body) throws Exception {
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
