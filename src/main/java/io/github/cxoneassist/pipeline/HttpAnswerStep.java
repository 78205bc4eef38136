package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cxoneassist.journal.JournalException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the outcomes of a request, or what went wrong, into the HTTP answer. Stands at the end of the route's
 * {@code doTry} and in its {@code doCatch}.
 *
 * <p>When CXone or the journal is away in the middle of many suggestions, the array of the answer ends with the one that
 * failed: what stands before it is done and would be a duplicate when sent again.
 */
public final class HttpAnswerStep implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(HttpAnswerStep.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        HttpBatch batch = exchange.getProperty(HttpBatch.PROPERTY, HttpBatch.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        if (failure == null) {
            answer(message, batch.status(), batch.body());
            return;
        }
        RequestRefusedException refused = ObjectHelper.getException(RequestRefusedException.class, failure);
        if (refused != null) {
            answer(message, refused.status(), error(refused.reason(), refused.getMessage()));
        } else if (isAway(failure)) {
            message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            answer(message, 503, withFailure(batch).body());
        } else {
            LOG.error("Request {} failed", ExchangeHelper.logIds(exchange), failure);
            answer(message, 500, error("internal_error", "The request failed; the log of this service says why."));
        }
    }

    private static HttpBatch withFailure(HttpBatch batch) {
        HttpBatch answered = batch == null ? new HttpBatch(false) : batch;
        answered.add(Outcome.failed("unavailable"));
        return answered;
    }

    /** CXone, the journal, or a free place among the requests under way. */
    static boolean isAway(Throwable failure) {
        return ObjectHelper.getException(DispatchFailedException.class, failure) != null
                || ObjectHelper.getException(JournalException.class, failure) != null
                || ObjectHelper.getException(ThrottlerRejectedExecutionException.class, failure) != null;
    }

    private static String error(String reason, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("status", Outcome.Status.REFUSED.wireName())
                .put("reason", reason)
                .put("message", message)
                .toString();
    }

    private static void answer(Message message, int status, String body) {
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(body);
    }
}
