package io.github.cxoneassist.webhook;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets one run go on at a time and remembers that another is wanted. Nothing but this: pure, lock-free, thread-safe.
 *
 * <p>The runner calls {@link #beginPass} before it looks for work and {@link #rest} when it found none. Work that
 * arrives in between turns the state to {@code AGAIN}, so that {@code rest} is refused: the wake-up can't be lost.
 */
final class RunGate {

    private enum State {
        CLOSED,
        IDLE,
        RUNNING,
        AGAIN,
        STOPPED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);

    /** Before this, waking does nothing. Works once, and not after {@link #stop}. */
    boolean open() {
        return state.compareAndSet(State.CLOSED, State.IDLE);
    }

    /** True: the caller must start a run. False: there is one that will notice, or there must be none. */
    boolean wake() {
        // looked at first, because nearly always another pass is wanted already and a write would cost more
        if (state.get() == State.AGAIN) {
            return false;
        }
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.RUNNING;
            case RUNNING -> State.AGAIN;
            default -> now;
        });
        return before == State.IDLE;
    }

    /** Wake-ups until now are answered by what the runner reads next. */
    void beginPass() {
        state.compareAndSet(State.AGAIN, State.RUNNING);
    }

    /** True: the run is over. False: something arrived since {@link #beginPass}, look again. */
    boolean rest() {
        return state.compareAndSet(State.RUNNING, State.IDLE) || state.get() == State.STOPPED;
    }

    /** The run broke off; the next wake-up starts another. */
    void abandon() {
        state.updateAndGet(now -> now == State.RUNNING || now == State.AGAIN ? State.IDLE : now);
    }

    void stop() {
        state.set(State.STOPPED);
    }

    boolean stopped() {
        return state.get() == State.STOPPED;
    }

    boolean idle() {
        return state.get() == State.IDLE;
    }
}
