package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.HalfOpen;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.ReorderAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RepeatAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RevokeTokens;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.StopReading;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Plays one {@link FaultScript}, once. Lives on the event loop, but for {@link #underWay}. */
final class ScriptRun implements Fault {

    /** What a step does at an occasion; {@code goOn} is what would have happened without it. */
    private interface Strike {
        void by(RunningStep step, Runnable goOn);
    }

    private final SandboxServer server;
    private final Iterator<List<Step>> stages;
    /** All that began, since what was silenced outlives its step. */
    private final List<RunningStep> played = new ArrayList<>();

    private List<RunningStep> stage = List.of();
    private volatile List<Step> underWay;
    private boolean begun;
    private boolean ended;

    ScriptRun(FaultScript script, SandboxServer server) {
        this.server = server;
        this.stages = script.stages().iterator();
        this.underWay = script.stages().isEmpty() ? List.of() : script.stages().get(0);
    }

    /** Steps of the stage under way that are not over. Any thread may ask. */
    List<Step> underWay() {
        return underWay;
    }

    void begin() {
        if (!begun) {
            begun = true;
            settle();
        }
    }

    /** Nothing strikes any more, what is held leaves, and what was silenced comes back. */
    void end() {
        begun = true;
        ended = true;
        played.forEach(RunningStep::finish);
        played.forEach(RunningStep::bringBack);
        stage = List.of();
        underWay = List.of();
    }

    @Override
    public void atTokenRequest(HttpServerRequest request, Runnable goOn) {
        through(Occasion.TOKEN_REQUEST, goOn, (step, next) -> {
            if (step.fault() instanceof TokenAnswers answer) {
                var response = request.response().setStatusCode(answer.status());
                answer.headers().forEach(response::putHeader);
                response.end(answer.body());
            } else {
                stall(step, request, next);
            }
        });
    }

    @Override
    public void atUpgrade(HttpServerRequest request, Runnable goOn) {
        through(Occasion.UPGRADE, goOn, (step, next) -> {
            if (step.fault() instanceof RefuseUpgrade refusal) {
                var response = request.response().setStatusCode(refusal.status());
                if (!refusal.retryAfter().isEmpty()) {
                    response.putHeader(HttpHeaders.RETRY_AFTER, refusal.retryAfter());
                }
                response.end();
            } else {
                stall(step, request, next);
            }
        });
    }

    @Override
    public void atConnect(Connection connection) {
        through(Occasion.CONNECT, () -> {}, (step, next) -> strike(step, connection, next));
    }

    @Override
    public void atAuth(Connection connection, Runnable goOn) {
        through(Occasion.AUTH, goOn, (step, next) -> {
            if (step.fault() instanceof FailAuth failure) {
                connection.refuse(failure.message());
            } else if (step.fault() instanceof Stall stall) {
                stall(stall, next);
            } else {
                strike(step, connection, next);
            }
        });
    }

    @Override
    public void atFrame(Connection connection, Runnable goOn) {
        through(Occasion.FRAME, goOn, (step, next) -> strike(step, connection, next));
    }

    @Override
    public void atAcknowledgement(Connection connection, Runnable goOn) {
        through(Occasion.ACKNOWLEDGEMENT, goOn, (step, next) -> {
            if (step.fault() instanceof DelayAcks delay) {
                server.later(delay.delay(), next);
            } else if (step.fault() instanceof RepeatAcks repeat) {
                for (var copy = 0; copy < repeat.copies(); copy++) {
                    next.run();
                }
            } else if (step.fault() instanceof ReorderAcks) {
                step.hold(next);
            }
            // and DropAcks does nothing
        });
    }

    private void stall(RunningStep step, HttpServerRequest request, Runnable next) {
        stall((Stall) step.fault(), () -> {
            // whoever has hung up meanwhile gets no answer
            if (!request.response().closed()) {
                next.run();
            }
        });
    }

    private void stall(Stall stall, Runnable next) {
        if (stall.delay() != null) {
            server.later(stall.delay(), next);
        }
    }

    private void strike(RunningStep step, Connection connection, Runnable next) {
        if (step.fault() instanceof Drop drop) {
            if (drop.code() == 0) {
                connection.drop();
            } else {
                connection.close(drop.code(), drop.reason());
            }
        } else if (step.fault() instanceof HalfOpen) {
            connection.goSilent(Silence.LOSES_ALL);
            step.silence(connection);
        } else if (step.fault() instanceof StopReading) {
            connection.goSilent(Silence.READS_NOTHING);
            step.silence(connection);
            next.run();
        } else if (step.fault() instanceof SendGarbage garbage) {
            connection.sendGarbage(garbage.garbage());
            next.run();
        } else if (step.fault() instanceof RevokeTokens) {
            server.rejectTokens();
            next.run();
        }
    }

    private void through(Occasion occasion, Runnable goOn, Strike strike) {
        begin();
        var steps = stage.stream()
                .filter(step -> step.fault().occasion() == occasion)
                .toList();
        through(steps, goOn, strike);
    }

    /** One step after the other, each only if the one before lets go on, now or later. */
    private void through(List<RunningStep> steps, Runnable goOn, Strike strike) {
        if (steps.isEmpty()) {
            goOn.run();
            return;
        }
        var step = steps.get(0);
        Runnable next = () -> through(steps.subList(1, steps.size()), goOn, strike);
        if (!step.strikes()) {
            next.run();
            return;
        }
        lastAsTold(step);
        strike.by(step, next);
        step.struck();
        settle();
    }

    /** Lets stages begin until one is not over at once. */
    private void settle() {
        while (!ended && stage.stream().allMatch(RunningStep::isOver) && stages.hasNext()) {
            stage = stages.next().stream().map(RunningStep::new).toList();
            played.addAll(stage);
            stage.forEach(this::beginStep);
        }
        underWay = stage.stream()
                .filter(step -> !step.isOver())
                .map(RunningStep::step)
                .toList();
    }

    private void beginStep(RunningStep step) {
        if (step.step().after() == 0) {
            lastAsTold(step);
        }
        if (step.fault().occasion() != Occasion.NOW) {
            return;
        }
        if (step.fault() instanceof RevokeTokens) {
            // with nobody there as well
            server.rejectTokens();
        } else {
            server.open().forEach(connection -> strike(step, connection, () -> {}));
        }
        if (step.step().lasting() == null) {
            step.finish();
        }
    }

    private void lastAsTold(RunningStep step) {
        if (step.beginsToLast()) {
            server.later(step.step().lasting(), () -> {
                step.finish();
                step.bringBack();
                settle();
            });
        }
    }
}
