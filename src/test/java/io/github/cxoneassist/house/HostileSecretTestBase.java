package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.TokenRequest;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A CXone that knows one client, whose secret has every sign that means something to somebody. */
abstract class HostileSecretTestBase {

    static final String CLIENT = "hostile-client";
    static final String SECRET = "X +a%b&c=d#e)";

    @TempDir
    Path folder;

    SandboxCxone cxone;

    @AfterEach
    void close() {
        cxone.close();
    }

    final void expect(String secret) {
        cxone = new SandboxCxone(SandboxConfig.builder().client(CLIENT, secret).build(), new ManualAgent()).start();
    }

    final void assertAccepted() {
        assertThat(cxone.referee().tokenRequests())
                .extracting(TokenRequest::clientId, TokenRequest::answer)
                .containsExactly(tuple(CLIENT, TokenRequest.OK));
    }

    /** It says that a session was opened, and not with what. */
    static void assertWithoutTheSecret(String log) {
        assertThat(log).contains("CONNECTING").doesNotContain(SECRET);
    }

    final boolean answered() {
        return cxone.referee().tokenRequests().stream()
                .anyMatch(request -> !request.answer().equals(TokenRequest.UNANSWERED));
    }

    final void runUntilAnswered(Main main) {
        main.start();
        try {
            await().until(this::answered);
        } finally {
            main.stop();
        }
    }

    static void assertFailsWithoutTheSecret(Main main, String reason) {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            assertThatThrownBy(main::start)
                    .satisfies(failure ->
                            assertThat(withCauses(failure)).contains(reason).doesNotContain(SECRET));
            assertThat(log.text()).contains("is starting").doesNotContain(SECRET);
        } finally {
            main.stop();
        }
    }

    private static String withCauses(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }
}
