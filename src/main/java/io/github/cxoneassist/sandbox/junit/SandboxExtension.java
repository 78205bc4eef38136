package io.github.cxoneassist.sandbox.junit;

import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Referee;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.Violation;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A CXone stand-in for the tests of a class, to be registered in a field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SandboxExtension cxone = SandboxExtension.builder().build();
 * }</pre>
 *
 * <p>In a static field one stand-in serves all tests of the class and of those nested in it; in another field each test
 * gets its own. After each test, what the referee recorded fails it unless it was expected; then the faults end, and a
 * new record begins. Open connections stay, so that a Camel context may live as long as the stand-in. For tests that run
 * one after the other.
 */
public final class SandboxExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SandboxConfig config;
    private final Agent agent;
    private final Set<Kind> expected = EnumSet.noneOf(Kind.class);
    private final Set<Kind> allowed = EnumSet.noneOf(Kind.class);
    private SandboxCxone cxone;
    /** Nested classes call before and after all once more, around the same field. */
    private int classes;

    private SandboxExtension(SandboxConfig config, Agent agent) {
        this.config = config;
        this.agent = agent;
    }

    public static Builder builder() {
        return new Builder();
    }

    public SandboxCxone cxone() {
        if (cxone == null) {
            throw new IllegalStateException("The sandbox runs from before the first test until after the last");
        }
        return cxone;
    }

    /** The agent who waits for orders. */
    public ManualAgent agent() {
        if (agent instanceof ManualAgent manual) {
            return manual;
        }
        throw new IllegalStateException("The agent is " + agent.getClass().getSimpleName()
                + ", who takes no orders; leave agent(…) out of the builder");
    }

    public Referee referee() {
        return cxone().referee();
    }

    public String tokenUrl() {
        return cxone().tokenUrl();
    }

    public String webSocketUrl() {
        return cxone().webSocketUrl();
    }

    public String clientId() {
        return config.clientId();
    }

    public String clientSecret() {
        return config.clientSecret();
    }

    /** What the component {@code cxone-assist} needs to come here, as properties of Camel Main. */
    public Map<String, String> componentProperties() {
        return Map.of(
                "camel.component.cxone-assist.token-url", tokenUrl(),
                "camel.component.cxone-assist.web-socket-url", webSocketUrl(),
                "camel.component.cxone-assist.client-id", clientId(),
                "camel.component.cxone-assist.client-secret", clientSecret());
    }

    /** The same for the routes of this project, which read settings. */
    public Map<String, String> settings() {
        return Map.of(
                "cxone.token-url", tokenUrl(),
                "cxone.websocket-url", webSocketUrl(),
                "cxone.client-id", clientId(),
                "cxone.client-secret", clientSecret());
    }

    /** Until the end of the test. */
    public void play(FaultScript script) {
        cxone().play(script);
    }

    /** This test breaks the contract in these ways: it fails for any other, and for one of these that doesn't come. */
    public void expectViolations(Kind... kinds) {
        expected.addAll(Set.of(kinds));
    }

    /** This test may break the contract in these ways, and need not. */
    public void allowViolations(Kind... kinds) {
        allowed.addAll(Set.of(kinds));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        try {
            judge();
        } finally {
            expected.clear();
            allowed.clear();
            if (classes == 0) {
                stop();
            } else {
                cxone.reset();
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (--classes > 0) {
            return;
        }
        try {
            // what came after the last test: a client that was stopped in an @AfterAll, say
            judge();
        } finally {
            stop();
        }
    }

    private void start() {
        var starting = new SandboxCxone(config, agent);
        try {
            cxone = starting.start();
        } finally {
            if (cxone == null) {
                starting.close();
            }
        }
    }

    private void stop() {
        var stopping = cxone;
        cxone = null;
        stopping.close();
    }

    private void judge() throws InterruptedException {
        var came = referee().awaitViolations(expected, PATIENCE);
        var unexpected = referee().violations().stream()
                .filter(violation -> !expected.contains(violation.kind()) && !allowed.contains(violation.kind()))
                .toList();
        if (!unexpected.isEmpty()) {
            throw new AssertionError(unexpected.stream()
                    .map(SandboxExtension::tell)
                    .collect(Collectors.joining(
                            "\n  ",
                            "The contract with CXone was broken; if that is meant, call expectViolations(…):\n  ",
                            "")));
        }
        if (!came) {
            var missing = EnumSet.copyOf(expected);
            missing.removeIf(kind -> referee().violations(kind) > 0);
            throw new AssertionError("Expected violations that did not come: " + missing);
        }
    }

    private static String tell(Violation violation) {
        var where = violation.connection() == 0 ? "a token request" : "connection " + violation.connection();
        return violation.kind() + " on " + where + ": " + violation.text();
    }

    /** Not safe for use by several threads. */
    public static final class Builder {
        private SandboxConfig config = SandboxConfig.builder().build();
        private Agent agent = new ManualAgent();

        private Builder() {}

        public Builder config(SandboxConfig value) {
            config = Objects.requireNonNull(value, "config");
            return this;
        }

        /** Who decides; by default one who waits for orders. */
        public Builder agent(Agent value) {
            agent = Objects.requireNonNull(value, "agent");
            return this;
        }

        public SandboxExtension build() {
            return new SandboxExtension(config, agent);
        }
    }
}
