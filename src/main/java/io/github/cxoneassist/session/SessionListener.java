package io.github.cxoneassist.session;

/** Hears each change of state, in order, on the session's event loop: it must not block. What it throws is logged. */
@FunctionalInterface
public interface SessionListener {

    void stateChanged(SessionEvent event);
}
