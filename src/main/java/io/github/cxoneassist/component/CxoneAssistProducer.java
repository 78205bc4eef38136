package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SuggestFrame;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends the body as one suggestion; the exchange is done when the frame was handed to the socket, or acknowledged. */
class CxoneAssistProducer extends DefaultAsyncProducer {

    /**
     * Exchange property of a caller who may change his mind: a {@link BooleanSupplier}, asked before the frame is written, as often
     * as it is. It is gone when that has gone well, so that a later send of the same exchange is asked nothing.
     */
    static final String STILL_WANTED = "CamelCxoneAssistStillWanted";

    private static final BooleanSupplier ALWAYS = () -> true;

    private final boolean awaitAck;
    private SharedSession session;
    private boolean joined;

    CxoneAssistProducer(CxoneAssistEndpoint endpoint) {
        super(endpoint);
        this.awaitAck = endpoint.getConfiguration().isAwaitAck();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        SuggestFrame frame;
        try {
            frame = SuggestFrames.of(exchange);
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        BooleanSupplier wanted = exchange.getProperty(STILL_WANTED, ALWAYS, BooleanSupplier.class);
        session.send(frame, awaitAck, wanted, (at, failure) -> {
            if (failure != null) {
                exchange.setException(failure);
            } else {
                exchange.removeProperty(STILL_WANTED);
                String header = awaitAck ? CxoneAssistConstants.ACKNOWLEDGED_AT : CxoneAssistConstants.SENT_AT;
                exchange.getMessage().setHeader(header, at.toEpochMilli());
            }
            callback.done(false);
        });
        return false;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        session = ((CxoneAssistEndpoint) getEndpoint()).session();
        session.join();
        joined = true;
    }

    @Override
    protected void doStop() throws Exception {
        // one whose start was refused is stopped as well, and must not leave in the place of another
        if (joined) {
            joined = false;
            session.leave();
        }
        super.doStop();
    }
}
