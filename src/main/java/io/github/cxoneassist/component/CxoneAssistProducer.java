package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SuggestFrame;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Sends the body as one suggestion; the exchange is done when the frame was handed to the socket. */
class CxoneAssistProducer extends DefaultAsyncProducer {

    private SharedSession session;
    private ExecutorService continuations;

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
        session.send(frame)
                .onComplete(sent -> continuations.execute(() -> {
                    // off the event loop: the rest of the route may block
                    if (sent.failed()) {
                        exchange.setException(sent.cause());
                    } else if (sent.result() instanceof Instant at) {
                        exchange.getMessage().setHeader(CxoneAssistConstants.SENT_AT, at.toEpochMilli());
                    }
                    callback.done(false);
                }));
        return false;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        session = ((CxoneAssistEndpoint) getEndpoint()).session();
        continuations = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newDefaultThreadPool(this, "cxone-assist-producer");
        session.join();
    }

    @Override
    protected void doStop() throws Exception {
        session.leave();
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(continuations);
        super.doStop();
    }
}
