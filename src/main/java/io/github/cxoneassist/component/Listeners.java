package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each, whatever the one before did with it. */
final class Listeners implements SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<SessionListener> all;

    Listeners(List<SessionListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void stateChanged(SessionEvent event) {
        for (SessionListener listener : all) {
            try {
                listener.stateChanged(event);
            } catch (RuntimeException e) {
                LOG.warn("{} failed on {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
