package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SuggestFrame;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends the body as one suggestion; the exchange is done when the frame was handed to the socket. */
class CxoneAssistProducer extends DefaultAsyncProducer {

    private SharedSession session;

    CxoneAssistProducer(CxoneAssistEndpoint endpoint) {
        super(endpoint);
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
        session.send(frame, (at, failure) -> {
            if (failure != null) {
                exchange.setException(failure);
            } else {
                exchange.getMessage().setHeader(CxoneAssistConstants.SENT_AT, at.toEpochMilli());
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
    }

    @Override
    protected void doStop() throws Exception {
        session.leave();
        super.doStop();
    }
}
