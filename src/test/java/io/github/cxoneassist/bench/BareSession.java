package io.github.cxoneassist.bench;

import io.github.cxoneassist.session.InboundFrame;
import io.github.cxoneassist.session.SuggestFrame;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Nothing but the connection: no check, no cap, no log. What no pipeline in front of it can exceed. */
final class BareSession implements Contender {

    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder failed = new LongAdder();
    private final Session session;

    BareSession(Surroundings given) {
        session = new Session(given, this::inbound);
    }

    private CompletionStage<?> inbound(InboundFrame frame) {
        if (InboundFrame.ACCEPTED.equals(frame.type())) {
            accepted.incrementAndGet();
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void offer(Offer offer, Runnable done) {
        SuggestFrame frame = new SuggestFrame(
                offer.interactionId(),
                offer.id(),
                offer.content(),
                "HIGH",
                0.85,
                offer.start(),
                offer.end(),
                Instant.now());
        session.session().send(frame).onComplete(sent -> {
            if (sent.failed()) {
                failed.increment();
            }
            done.run();
        });
    }

    @Override
    public long accepted() {
        return accepted.get();
    }

    @Override
    public String trouble() {
        return failed.sum() == 0 ? "" : failed + " failed";
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
