package io.github.cxoneassist.session;

import java.time.Duration;

/** Notices a peer that is gone without a word. Only on the session's event loop. */
final class Heartbeat {

    private final Timers timers;
    private final Duration interval;
    private final int limit;
    private final Runnable ping;
    private final Runnable dead;

    private long timer = Timers.NONE;
    private int unanswered;
    private boolean suspended;

    Heartbeat(Timers timers, Duration interval, int limit, Runnable ping, Runnable dead) {
        this.timers = timers;
        this.interval = interval;
        this.limit = limit;
        this.ping = ping;
        this.dead = dead;
    }

    void start() {
        unanswered = 0;
        schedule();
    }

    void stop() {
        timers.cancel(timer);
        timer = Timers.NONE;
    }

    /** A pong or any other frame. */
    void alive() {
        unanswered = 0;
    }

    /** A paused socket reads no pongs: silence is our doing then and must not count against the peer. */
    void suspend() {
        suspended = true;
    }

    void resume() {
        suspended = false;
        unanswered = 0;
    }

    private void schedule() {
        timer = timers.set(interval, this::beat);
    }

    private void beat() {
        if (!suspended) {
            if (unanswered >= limit) {
                timer = Timers.NONE;
                dead.run();
                return;
            }
            unanswered++;
        }
        // also while suspended: the server may have a watchdog too
        ping.run();
        schedule();
    }
}
