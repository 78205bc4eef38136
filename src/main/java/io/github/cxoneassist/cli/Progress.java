package io.github.cxoneassist.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far a command is, in one line that is written over. Only on a terminal, which is known by the start script: Java can
 * tell of the input alone.
 */
final class Progress {

    private static final String PROPERTY = "cxone.terminal";
    private static final int WIDTH = 30;
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    private final PrintWriter err;
    private final boolean shown;
    private final String what;
    private final long total;
    private final long began = System.nanoTime();
    private long drawn = began - INTERVAL;

    /** @param total 0 where nobody knows */
    Progress(PrintWriter err, String what, long total) {
        this(err, Boolean.getBoolean(PROPERTY), what, total);
    }

    Progress(PrintWriter err, boolean shown, String what, long total) {
        this.err = err;
        this.shown = shown;
        this.what = what;
        this.total = total;
    }

    void at(long rows) {
        long now = System.nanoTime();
        if (shown && now - drawn >= INTERVAL) {
            drawn = now;
            long perSecond = rows * TimeUnit.SECONDS.toNanos(1) / Math.max(1, now - began);
            // \u001b[K: the rest of the line, where the one before was longer
            err.print("\r" + line(rows, perSecond) + "\u001b[K");
            err.flush();
        }
    }

    /** Leaves nothing behind. */
    void end() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    String line(long rows, long perSecond) {
        if (total <= 0) {
            return String.format(Locale.ROOT, "%s %,d rows, %,d/s", what, rows, perSecond);
        }
        int percent = (int) Math.min(100, rows * 100 / total);
        int filled = percent * WIDTH / 100;
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %d %% of %,d rows, %,d/s",
                what,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                percent,
                total,
                perSecond);
    }
}
