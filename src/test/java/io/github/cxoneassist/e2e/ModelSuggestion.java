package io.github.cxoneassist.e2e;

import io.github.cxoneassist.e2e.ModelStep.Flaw;
import java.time.Instant;

/** One suggestion as {@link ModelInteraction} sees it, from the offer to its end. */
final class ModelSuggestion {

    /** What a source sends. */
    record Body(String id, String priority, int percent, Instant start, Instant end, Flaw flaw) {

        double raw() {
            return flaw == Flaw.IRRELEVANT ? 0.5 : percent / 100.0;
        }
    }

    /** What a source is told; null until it is told. */
    static final class Answer {
        String text;
    }

    enum State {
        SLOT,
        WAITING,
        /** After it had a slot; the agent may speak of it again. */
        ENDED,
        /** Without ever having had a slot. */
        DROPPED,
        /** As if it had never been offered. */
        FORGOTTEN
    }

    final Body body;
    final int adjusted;
    final Instant since;
    final Answer answer;
    State state = State.WAITING;
    /** A slot was free at once, and what the source is told hangs on the sending. */
    boolean atOnce;

    int freeSlots;
    boolean acknowledged;
    boolean decided;
    boolean reachedCxone;
    boolean decidedAtCxone;

    ModelSuggestion(Body body, int adjusted, Instant since, Answer answer) {
        this.body = body;
        this.adjusted = adjusted;
        this.since = since;
        this.answer = answer;
    }

    boolean isOpen(Instant now) {
        return !now.isAfter(body.end());
    }

    boolean isOpenAtCxone(Instant now) {
        return reachedCxone && !decidedAtCxone && isOpen(now);
    }

    boolean isUnderWay() {
        return state == State.SLOT && atOnce && answer.text == null;
    }

    boolean wasSent() {
        return state == State.SLOT || state == State.ENDED;
    }

    boolean hasSlotOrWaits() {
        return state == State.SLOT || state == State.WAITING;
    }

    void end() {
        state = state == State.SLOT ? State.ENDED : State.DROPPED;
    }

    double adjustedScore() {
        return adjusted / 100.0;
    }

    String frame() {
        return body.id() + " " + adjustedScore();
    }
}
