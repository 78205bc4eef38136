package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionListener;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an auditor wants to know of the connection goes into the journal: connected, disconnected, not let in, renewed. Safe
 * on an event loop: an append waits for nobody.
 */
final class SessionJournal implements SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);

    /** A connection that flaps while the disk is gone for days must not fill the memory. */
    static final int MAX_PENDING = 1_000;

    private final Journal journal;
    private final AtomicInteger pending = new AtomicInteger();

    /** @param journal one that goes on until an entry is written */
    SessionJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void stateChanged(SessionEvent event) {
        for (String name : event.auditEvents()) {
            if (pending.incrementAndGet() > MAX_PENDING) {
                pending.decrementAndGet();
                LOG.warn("Not in the journal, which has not been writable for long: {} {}", name, event);
            } else {
                journal.append(Entries.session(name, event)).whenComplete((row, e) -> pending.decrementAndGet());
            }
        }
    }
}
