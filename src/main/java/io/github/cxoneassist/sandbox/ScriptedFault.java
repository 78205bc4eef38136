package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One way to misbehave, as data; {@link FaultScript} says how often and how long. Those with an {@code at} strike a
 * connection, when it is told: by default {@link Occasion#NOW}.
 */
public sealed interface ScriptedFault {

    /** Its name in a script. */
    String name();

    Occasion occasion();

    default Step once() {
        return times(1);
    }

    default Step times(int times) {
        return new Step(this, 0, times, null);
    }

    /** Until another script is played. */
    default Step always() {
        return times(FaultScript.ALWAYS);
    }

    default Step lasting(Duration duration) {
        return new Step(this, 0, FaultScript.ALWAYS, duration);
    }

    /** Behaves, for as long as the step lasts: the pause between two others. */
    record Behave() implements ScriptedFault {
        @Override
        public String name() {
            return "behave";
        }

        @Override
        public Occasion occasion() {
            return Occasion.NOW;
        }
    }

    /**
     * Ends a connection; what struck is neither taken nor answered.
     *
     * @param code of the close frame, or 0 to end the TCP connection without one: the client sees 1006
     */
    record Drop(Occasion at, int code, String reason) implements ScriptedFault {
        public Drop {
            requireConnectionOccasion(at);
            Objects.requireNonNull(reason, "reason");
            require(
                    code == 0 || WebSocketCloseStatus.isValidStatusCode(code),
                    "code: " + code + " cannot stand in a close frame");
            require(reason.getBytes(StandardCharsets.UTF_8).length <= 123, "reason: has more than 123 bytes");
            require(code != 0 || reason.isEmpty(), "reason: needs a code beside it");
        }

        /** Without a close frame. */
        public Drop(Occasion at) {
            this(at, 0, "");
        }

        @Override
        public String name() {
            return "drop";
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    /** @param retryAfter the value of the header, or "" for none */
    record RefuseUpgrade(int status, String retryAfter) implements ScriptedFault {
        public RefuseUpgrade {
            requireStatus(status, 300);
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public String name() {
            return "refuse-upgrade";
        }

        @Override
        public Occasion occasion() {
            return Occasion.UPGRADE;
        }
    }

    /**
     * Lets a token request, an upgrade or an auth frame wait for its answer.
     *
     * @param delay how long; null for ever
     */
    record Stall(Occasion at, Duration delay) implements ScriptedFault {
        private static final Set<Occasion> PLACES = EnumSet.of(Occasion.TOKEN_REQUEST, Occasion.UPGRADE, Occasion.AUTH);

        public Stall {
            require(PLACES.contains(at), "at: only a token request, an upgrade or auth can be stalled");
            requirePositive("delayMillis", delay);
        }

        /** For ever. */
        public Stall(Occasion at) {
            this(at, null);
        }

        @Override
        public String name() {
            return at == Occasion.TOKEN_REQUEST ? "stall-token" : "stall-" + at.spelling();
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    /** Answers a good token with {@code auth.failure}. */
    record FailAuth(String message) implements ScriptedFault {
        public FailAuth {
            Objects.requireNonNull(message, "message");
        }

        @Override
        public String name() {
            return "fail-auth";
        }

        @Override
        public Occasion occasion() {
            return Occasion.AUTH;
        }
    }

    /** Answers a token request with this, whatever it asked. */
    record TokenAnswers(int status, Map<String, String> headers, String body) implements ScriptedFault {
        public TokenAnswers {
            requireStatus(status, 200);
            headers = Map.copyOf(headers);
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String name() {
            return "token-answers";
        }

        @Override
        public Occasion occasion() {
            return Occasion.TOKEN_REQUEST;
        }
    }

    /** Makes every token that was issued so far unknown, then goes on. */
    record RevokeTokens(Occasion at) implements ScriptedFault {
        public RevokeTokens {
            requireConnectionOccasion(at);
        }

        @Override
        public String name() {
            return "revoke-tokens";
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    record DelayAcks(Duration delay) implements ScriptedFault {
        public DelayAcks {
            Objects.requireNonNull(delay, "delay");
            requirePositive("delayMillis", delay);
        }

        @Override
        public String name() {
            return "delay-acks";
        }

        @Override
        public Occasion occasion() {
            return Occasion.ACKNOWLEDGEMENT;
        }
    }

    record DropAcks() implements ScriptedFault {
        @Override
        public String name() {
            return "drop-acks";
        }

        @Override
        public Occasion occasion() {
            return Occasion.ACKNOWLEDGEMENT;
        }
    }

    /** @param copies how often each acknowledgement leaves */
    record RepeatAcks(int copies) implements ScriptedFault {
        public RepeatAcks {
            require(copies >= 2 && copies <= 1_000, "copies: must be from 2 to 1000, is " + copies);
        }

        @Override
        public String name() {
            return "repeat-acks";
        }

        @Override
        public Occasion occasion() {
            return Occasion.ACKNOWLEDGEMENT;
        }
    }

    /** Holds as many acknowledgements as its step has times, or as come while it lasts; then the last leaves first. */
    record ReorderAcks() implements ScriptedFault {
        @Override
        public String name() {
            return "reorder-acks";
        }

        @Override
        public Occasion occasion() {
            return Occasion.ACKNOWLEDGEMENT;
        }
    }

    /** Sends what nobody should choke on, then goes on. */
    record SendGarbage(Occasion at, Garbage garbage) implements ScriptedFault {
        public SendGarbage {
            requireConnectionOccasion(at);
            Objects.requireNonNull(garbage, "garbage");
        }

        @Override
        public String name() {
            return "send-garbage";
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    /**
     * Takes what struck, and then reads no more, so that what the client writes backs up. The connection reads again
     * when the time of its step is over, or when another script is played.
     */
    record StopReading(Occasion at) implements ScriptedFault {
        public StopReading {
            requireConnectionOccasion(at);
        }

        @Override
        public String name() {
            return "stop-reading";
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    /**
     * From what struck on, the TCP connection is open and nobody is there: whatever comes in is lost, pings too, and
     * nothing goes out. It comes back, without what was lost, when the time of its step is over, or when another script
     * is played.
     */
    record HalfOpen(Occasion at) implements ScriptedFault {
        public HalfOpen {
            requireConnectionOccasion(at);
        }

        @Override
        public String name() {
            return "half-open";
        }

        @Override
        public Occasion occasion() {
            return at;
        }
    }

    private static void requireConnectionOccasion(Occasion at) {
        require(
                at == Occasion.NOW || at == Occasion.CONNECT || at == Occasion.AUTH || at == Occasion.FRAME,
                "at: must be now, connect, auth or frame");
    }

    private static void requireStatus(int status, int least) {
        require(status >= least && status <= 599, "status: must be from " + least + " to 599, is " + status);
    }

    /** @param value null passes */
    private static void requirePositive(String field, Duration value) {
        require(value == null || value.toMillis() > 0, field + ": must be at least 1");
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }
}
