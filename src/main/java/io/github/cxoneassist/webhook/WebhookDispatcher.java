package io.github.cxoneassist.webhook;

import java.util.List;

/** All subscribers, each with a pump of its own, so that none waits for another. Thread-safe. */
public final class WebhookDispatcher {

    private final WebhookRuntime runtime;
    private final List<WebhookPump> pumps;

    public WebhookDispatcher(List<Subscriber> subscribers, WebhookRuntime runtime) {
        this.runtime = runtime;
        this.pumps = subscribers.stream()
                .map(subscriber -> new WebhookPump(subscriber, runtime))
                .toList();
    }

    /**
     * Blocks until each subscriber's place is known; to be called once, before the first event.
     *
     * @throws RuntimeException of the feed or the cursors; then no pump runs, and this dispatcher is spent
     */
    public void start() {
        try {
            pumps.forEach(WebhookPump::start);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    /** To be called after each commit of the journal, from whichever thread. Never blocks. */
    public void wake() {
        pumps.forEach(WebhookPump::wake);
    }

    /** No try begins any more; see {@link WebhookPump#stop}. */
    public void stop() {
        pumps.forEach(WebhookPump::stop);
    }

    /** In the order of the subscribers. Asks the feed once for its head, so it may block. */
    public List<SubscriberStatus> statuses() {
        if (pumps.isEmpty()) {
            return List.of();
        }
        long head = runtime.feed().head();
        return pumps.stream().map(pump -> pump.status(head)).toList();
    }
}
