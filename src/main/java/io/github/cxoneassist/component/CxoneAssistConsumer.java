package io.github.cxoneassist.component;

import io.github.cxoneassist.session.InboundFrame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Hands each frame on as an exchange, in the order in which they came, on one thread. A route that is asynchronous, as one
 * that waits for a disk should be, has frames of several interactions under way at once; of one interaction the next comes
 * when the one before is done.
 */
class CxoneAssistConsumer extends DefaultConsumer {

    private SharedSession session;
    private ExecutorService worker;

    CxoneAssistConsumer(CxoneAssistEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Called on the event loop; completes when the route is done with the frame. */
    CompletionStage<Void> handle(InboundFrame frame) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            worker.execute(() -> process(frame, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private void process(InboundFrame frame, CompletableFuture<Void> done) {
        Exchange exchange = createExchange(false);
        Message message = exchange.getMessage();
        message.setBody(frame.json());
        message.setHeader(CxoneAssistConstants.TYPE, frame.type());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, frame.receivedAt().toEpochMilli());
        setIfPresent(message, CxoneAssistConstants.INTERACTION_ID, frame.interactionId());
        setIfPresent(message, CxoneAssistConstants.SUGGESTION_ID, frame.suggestionId());
        setIfPresent(message, CxoneAssistConstants.SENT_TIMESTAMP, frame.sentTimestamp());
        if (frame.sinceSent() != null) {
            message.setHeader(CxoneAssistConstants.LATENCY, frame.sinceSent().toMillis());
        }
        getAsyncProcessor().process(exchange, doneSync -> {
            if (exchange.getException() != null) {
                getExceptionHandler()
                        .handleException(
                                "Frame " + frame + " could not be processed", exchange, exchange.getException());
            }
            releaseExchange(exchange, false);
            done.complete(null);
        });
    }

    private static void setIfPresent(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SharedSession shared = ((CxoneAssistEndpoint) getEndpoint()).session();
        worker = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, "cxone-assist-consumer-" + shared.name());
        shared.attach(this);
        try {
            shared.join();
        } catch (RuntimeException e) {
            shared.detach();
            throw e;
        }
        // only now: one that was refused is stopped as well, and must not take the session from the one that has it
        session = shared;
    }

    @Override
    protected void doStop() throws Exception {
        if (session != null) {
            session.detach();
            session.leave();
            session = null;
        }
        if (worker != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(worker);
            worker = null;
        }
        super.doStop();
    }
}
