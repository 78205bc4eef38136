package io.github.cxoneassist.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.SimulatedAgent;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The extension as JUnit calls it, for what ends a test; the context that JUnit hands over is not looked at. */
class SandboxExtensionTest {

    private final SandboxExtension extension = SandboxExtension.builder().build();
    private WebSocket socket;

    @AfterEach
    void hangUp() {
        if (socket != null) {
            socket.abort();
        }
    }

    private static WebSocket connect(SandboxExtension extension) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(extension.webSocketUrl()), new WebSocket.Listener() {})
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** A first frame that is not auth. */
    private void breakTheContract() {
        sendSomethingFirst();
        await().until(() -> extension.referee().violations(Kind.FRAME_BEFORE_AUTH_SUCCESS) > 0);
    }

    private void sendSomethingFirst() {
        socket = connect(extension);
        socket.sendText("{\"type\":\"chat\"}", true);
    }

    @Test
    void aTestThatBreaksTheContractFailsAndTheMessageSaysHow() throws Exception {
        extension.beforeAll(null);
        extension.beforeEach(null);
        breakTheContract();
        assertThatThrownBy(() -> extension.afterEach(null))
                .isInstanceOf(AssertionError.class)
                .hasMessage("The contract with CXone was broken; if that is meant, call expectViolations(…):\n"
                        + "  FRAME_BEFORE_AUTH_SUCCESS on connection 1: a frame of type 'chat' while NEW");
        extension.afterAll(null);
    }

    @Test
    void aTestThatExpectsItDoesNotFailAlthoughItIsStillOnItsWay() throws Exception {
        extension.beforeAll(null);
        extension.beforeEach(null);
        extension.expectViolations(Kind.FRAME_BEFORE_AUTH_SUCCESS);
        sendSomethingFirst();
        extension.afterEach(null);
        extension.afterAll(null);
    }

    @Test
    void aTestThatExpectsAnotherFails() throws Exception {
        extension.beforeEach(null);
        extension.expectViolations(Kind.FRAME_BEFORE_AUTH_SUCCESS, Kind.TWO_SOCKETS);
        breakTheContract();
        assertThatThrownBy(() -> extension.afterEach(null))
                .hasMessage("Expected violations that did not come: [TWO_SOCKETS]");
    }

    @Test
    void whatIsAllowedMayComeOrNot() throws Exception {
        extension.beforeAll(null);
        extension.beforeEach(null);
        extension.allowViolations(Kind.FRAME_BEFORE_AUTH_SUCCESS, Kind.TWO_SOCKETS);
        breakTheContract();
        extension.afterEach(null);
        extension.afterAll(null);
    }

    @Test
    void anExpectationIsForOneTest() throws Exception {
        extension.beforeAll(null);
        extension.beforeEach(null);
        extension.expectViolations(Kind.FRAME_BEFORE_AUTH_SUCCESS);
        breakTheContract();
        extension.afterEach(null);

        extension.beforeEach(null);
        extension.afterEach(null);

        extension.beforeEach(null);
        socket.abort();
        breakTheContract();
        assertThatThrownBy(() -> extension.afterEach(null)).hasMessageContaining("FRAME_BEFORE_AUTH_SUCCESS");
        extension.afterAll(null);
    }

    @Test
    void theFaultsOfATestEndWithItAlsoWhenItFails() throws Exception {
        extension.beforeAll(null);
        extension.beforeEach(null);
        breakTheContract();
        extension.play(FaultScript.inOrder(new RefuseUpgrade(503, "").always()));
        assertThatThrownBy(() -> extension.afterEach(null)).isInstanceOf(AssertionError.class);

        extension.beforeEach(null);
        assertThat(extension.cxone().faultsUnderWay()).isEmpty();
        connect(extension).abort();
        extension.afterEach(null);
        extension.afterAll(null);
    }

    @Test
    void whatComesAfterTheLastTestFailsTheClass() {
        extension.beforeAll(null);
        breakTheContract();
        assertThatThrownBy(() -> extension.afterAll(null)).hasMessageContaining("FRAME_BEFORE_AUTH_SUCCESS");
        assertThatThrownBy(extension::cxone).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNestedClassUsesTheOneThatRuns() throws Exception {
        extension.beforeAll(null);
        var outer = extension.cxone();
        extension.beforeAll(null);
        extension.beforeEach(null);
        assertThat(extension.cxone()).isSameAs(outer);
        extension.afterEach(null);
        extension.afterAll(null);
        assertThat(extension.cxone()).isSameAs(outer);
        connect(extension).abort();
        extension.afterAll(null);
    }

    @Test
    void inAFieldOfTheInstanceEachTestHasItsOwn() throws Exception {
        extension.beforeEach(null);
        var first = extension.cxone();
        extension.afterEach(null);
        assertThatThrownBy(extension::webSocketUrl)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The sandbox runs from before the first test until after the last");
        extension.beforeEach(null);
        assertThat(extension.cxone()).isNotSameAs(first);
        extension.afterEach(null);
    }

    @Test
    void aPortThatIsTakenFailsTheStartAndLeavesNothingBehind() throws Exception {
        extension.beforeAll(null);
        var taken = SandboxExtension.builder()
                .config(SandboxConfig.builder().port(extension.cxone().port()).build())
                .build();
        assertThatThrownBy(() -> taken.beforeAll(null)).hasMessageContaining("open port");
        assertThatThrownBy(taken::cxone).isInstanceOf(IllegalStateException.class);
        extension.afterAll(null);
    }

    @Test
    void ofAnotherAgentThereIsNoOneToOrderAbout() {
        var simulated = SandboxExtension.builder()
                .agent(new SimulatedAgent(new Random(7)))
                .build();
        assertThatThrownBy(simulated::agent)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SimulatedAgent");
    }

    @Test
    void aScriptPlayedThroughItIsUnderWay() throws Exception {
        extension.beforeEach(null);
        var step = new Stall(Occasion.AUTH).always();
        extension.play(FaultScript.inOrder(step));
        assertThat(extension.cxone().faultsUnderWay()).containsExactly(step);
        extension.afterEach(null);
    }
}
