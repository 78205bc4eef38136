package io.github.cxoneassist.bench;

import io.github.cxoneassist.session.InboundFrame;
import io.github.cxoneassist.session.SuggestFrame;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Nothing but the connection: no check, no cap, no log. What no pipeline in front of it can exceed. */
final class BareSession extends CountingContender {

    private final Session session;

    BareSession(Surroundings given) {
        session = new Session(given, this::inbound);
    }

    private CompletionStage<?> inbound(InboundFrame frame) {
        if (InboundFrame.ACCEPTED.equals(frame.type())) {
            accept();
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
                fail();
            }
            done.run();
        });
    }

    @Override
    public void close() throws IOException {
        session.close();
    }
}
