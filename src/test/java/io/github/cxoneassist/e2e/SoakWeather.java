package io.github.cxoneassist.e2e;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.github.cxoneassist.sandbox.Garbage;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.DropAcks;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One fault of the sandbox after the other, whichever the dice say. For one thread. */
final class SoakWeather {

    private static final Duration STANDSTILL = Duration.ofMillis(500);

    private final SandboxCxone cxone;
    private final RandomGenerator random;
    private final List<String> diary = new ArrayList<>();
    private final List<Instant[]> unread = new ArrayList<>();
    private final List<Instant[]> standstills = new CopyOnWriteArrayList<>();
    private volatile Instant beat = Instant.now();

    SoakWeather(SandboxCxone cxone, RandomGenerator random) {
        this.cxone = cxone;
        this.random = random;
    }

    /** The next fault begins, and the one before it ends. */
    void turns() {
        FaultScript script = next();
        note(script.toString());
        boolean stopsReading =
                script.stages().stream().flatMap(List::stream).anyMatch(step -> step.fault() instanceof StopReading);
        endOfSilence();
        if (stopsReading) {
            unread.add(new Instant[] {Instant.now(), Instant.MAX});
        }
        cxone.play(script);
    }

    void clears() {
        note("calm");
        cxone.play(FaultScript.NONE);
        endOfSilence();
    }

    /** To be called ten times a second: a machine that has too much to do may let all of us stand still for seconds. */
    void beats() {
        Instant now = Instant.now();
        if (Duration.between(beat, now).compareTo(STANDSTILL) > 0) {
            standstills.add(new Instant[] {beat, now.plus(STANDSTILL)});
        }
        beat = now;
    }

    void forgets() {
        standstills.clear();
        diary.clear();
        unread.clear();
    }

    Duration pause(int fromMillis, int toMillis) {
        return Duration.ofMillis(random.nextInt(fromMillis, toMillis));
    }

    /** Whether what was to be read at that moment may have been read much later. */
    boolean wasUnread(Instant at) {
        return Stream.concat(unread.stream(), standstills.stream())
                .anyMatch(time -> !at.isBefore(time[0]) && !at.isAfter(time[1]));
    }

    List<String> diary() {
        return diary;
    }

    private void note(String what) {
        diary.add(Instant.now() + " " + what);
    }

    // what was silenced by the script before comes back with the next one, if not earlier
    private void endOfSilence() {
        if (!unread.isEmpty() && unread.get(unread.size() - 1)[1].equals(Instant.MAX)) {
            unread.get(unread.size() - 1)[1] = Instant.now().plusMillis(500);
        }
    }

    private FaultScript next() {
        return switch (random.nextInt(20)) {
            case 0 -> FaultScript.inOrder(new Drop(Occasion.NOW).once());
            case 1 -> FaultScript.inOrder(new Drop(Occasion.NOW, code(), "restart").once());
            case 2 -> FaultScript.inOrder(new Drop(Occasion.FRAME).once().after(random.nextInt(5)));
            case 3 ->
                FaultScript.inOrder(new Drop(Occasion.FRAME, code(), "").once().after(random.nextInt(5)));
            case 4 -> dropThen(new Drop(random.nextBoolean() ? Occasion.AUTH : Occasion.CONNECT).times(few()));
            case 5 -> dropThen(new RefuseUpgrade(503, "").times(few()));
            case 6 -> dropThen(new RefuseUpgrade(429, "1").once());
            case 7 -> dropThen(stall(Occasion.UPGRADE));
            case 8 -> dropThen(stall(Occasion.AUTH));
            case 9 -> dropThen(new FailAuth("the token is not liked").times(few()));
            case 10 -> dropThen(new RevokeTokens(Occasion.NOW).once(), answer());
            case 11 -> dropThen(new RevokeTokens(Occasion.NOW).once(), stall(Occasion.TOKEN_REQUEST));
            case 12 -> FaultScript.inOrder(new RevokeTokens(Occasion.NOW).once());
            case 13 -> FaultScript.together(new DelayAcks(pause(50, 1_500)).always());
            case 14 -> FaultScript.inOrder(new DropAcks().times(few()));
            case 15 -> FaultScript.inOrder(new RepeatAcks(3).times(few()), new ReorderAcks().lasting(pause(200, 600)));
            case 16, 17 ->
                FaultScript.inOrder(new SendGarbage(
                                random.nextBoolean() ? Occasion.NOW : Occasion.FRAME,
                                Garbage.values()[random.nextInt(Garbage.values().length)])
                        .once());
            case 18 -> FaultScript.inOrder(new StopReading(Occasion.NOW).lasting(pause(200, 1_500)));
            default ->
                FaultScript.inOrder(
                        random.nextBoolean()
                                ? new HalfOpen(Occasion.NOW).once()
                                : new HalfOpen(Occasion.FRAME).lasting(pause(200, 1_500)));
        };
    }

    private FaultScript dropThen(Step... steps) {
        return FaultScript.inOrder(new Drop(Occasion.NOW).once()).then(FaultScript.inOrder(steps));
    }

    private Step stall(Occasion at) {
        return random.nextBoolean() ? new Stall(at).once() : new Stall(at, pause(50, 400)).times(few());
    }

    private Step answer() {
        return switch (random.nextInt(4)) {
            case 0 -> new TokenAnswers(429, Map.of("Retry-After", "1"), "").once();
            case 1 -> new TokenAnswers(500, Map.of(), "oops").times(few());
            case 2 -> new TokenAnswers(200, Map.of("Content-Type", "text/html"), "<html>Sign in</html>").once();
            default -> new TokenAnswers(200, Map.of("Content-Type", "application/json"), "{\"access_token\":7}").once();
        };
    }

    private int code() {
        return new int[] {1000, 1001, 1011, 1012, 4000}[random.nextInt(5)];
    }

    private int few() {
        return random.nextInt(1, 4);
    }
}
