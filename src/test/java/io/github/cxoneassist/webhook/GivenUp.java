package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what was given up. */
final class GivenUp implements GivenUpListener {

    record Entry(String subscriberId, long seq, int tries, String failure) {}

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Override
    public void onGivenUp(Subscriber subscriber, WebhookEvent event, int tries, String failure) {
        entries.add(new Entry(subscriber.name(), event.seq(), tries, failure));
    }

    List<Entry> entries() {
        return entries;
    }
}
