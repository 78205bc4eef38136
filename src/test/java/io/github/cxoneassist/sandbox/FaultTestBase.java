package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.FaultScript.Step;

/** A sandbox in which a fault is played while clients are about. */
abstract class FaultTestBase extends SandboxTestBase {

    static void playTo(SandboxCxone sandbox, Step... steps) {
        sandbox.play(FaultScript.inOrder(steps));
    }

    static void awaitOver(SandboxCxone sandbox) {
        eventually(() -> assertThat(sandbox.faultsUnderWay()).isEmpty());
    }

    /** Proof that the client and the sandbox have heard all that the other said before. */
    void talk(SandboxCxone sandbox, TestClient client, String id) {
        client.say(Frames.suggest("talk", id));
        eventually(() -> assertThat(sandbox.referee().sends("talk", id)).isPositive());
    }
}
