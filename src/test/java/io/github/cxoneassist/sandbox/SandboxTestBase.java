package io.github.cxoneassist.sandbox;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;

/** A sandbox with an agent who waits for orders, and the Vert.x of the clients. */
abstract class SandboxTestBase {

    final Vertx vertx = Vertx.vertx();
    final ManualAgent agent = new ManualAgent();
    private final List<SandboxCxone> sandboxes = new ArrayList<>();

    SandboxCxone start() {
        return start(SandboxConfig.builder().build());
    }

    SandboxCxone start(SandboxConfig config) {
        var sandbox = new SandboxCxone(config, agent).start();
        sandboxes.add(sandbox);
        return sandbox;
    }

    SandboxCxone startWith(FaultScript.Step... steps) {
        var sandbox = start();
        sandbox.play(FaultScript.inOrder(steps));
        return sandbox;
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(5, TimeUnit.SECONDS).untilAsserted(assertion);
    }

    @AfterEach
    void closeAll() {
        sandboxes.forEach(SandboxCxone::close);
        TestClient.join(vertx.close());
    }
}
