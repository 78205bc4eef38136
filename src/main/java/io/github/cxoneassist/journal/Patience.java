package io.github.cxoneassist.journal;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;

/** Trying again, for some time, what others may be in the way of. */
final class Patience {

    /** Something that may work now, or later. */
    interface Try {
        boolean works() throws SQLException;
    }

    private Patience() {}

    /** Whether it worked before time was up, or the thread was interrupted. */
    static boolean until(long nanos, long pauseNanos, Try attempt) throws SQLException {
        long end = System.nanoTime() + nanos;
        while (!attempt.works()) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(pauseNanos);
        }
        return true;
    }
}
