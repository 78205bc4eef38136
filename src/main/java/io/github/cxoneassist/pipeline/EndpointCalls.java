package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.DeliveryException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The calls of one endpoint. Nobody can end one that hangs: it counts until it ends by itself, however long ago it was given
 * up, so that there are never more than the limit. Whoever asks again for an event that is still under way gets the end of
 * that call instead of a second one. Thread-safe.
 */
final class EndpointCalls {

    /** What was taken after it was given up is known for so many events. */
    private static final int LATE = 256;

    private final int limit;
    private final Executor executor;
    /** By event, with whoever asked last. */
    private final Map<String, CompletableFuture<Answer>> underWay = new HashMap<>();

    private final Map<String, Answer> takenLate = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > LATE;
        }
    };

    /** @param executor whose threads calls may hold, at least as many as the limit */
    EndpointCalls(int limit, Executor executor) {
        this.limit = limit;
        this.executor = executor;
    }

    /**
     * @param id of the event
     * @return its own to complete: that gives the call up
     */
    CompletableFuture<Answer> call(String id, Supplier<CompletableFuture<Answer>> endpoint) {
        CompletableFuture<Answer> asked = new CompletableFuture<>();
        synchronized (this) {
            Answer late = takenLate.remove(id);
            if (late != null) {
                asked.complete(late);
                return asked;
            }
            if (underWay.replace(id, asked) != null) {
                return asked;
            }
            if (underWay.size() >= limit) {
                asked.completeExceptionally(
                        new DeliveryException("it is busy with all " + limit + " calls that it may have at once"));
                return asked;
            }
            underWay.put(id, asked);
        }
        try {
            executor.execute(() -> begin(id, endpoint));
        } catch (RejectedExecutionException e) {
            ended(id, null, new DeliveryException("the application stops"));
        }
        return asked;
    }

    private void begin(String id, Supplier<CompletableFuture<Answer>> endpoint) {
        try {
            endpoint.get().whenComplete((answer, trouble) -> ended(id, answer, trouble));
        } catch (RuntimeException e) {
            ended(id, null, e);
        }
    }

    private void ended(String id, Answer answer, Throwable trouble) {
        CompletableFuture<Answer> asked;
        synchronized (this) {
            asked = underWay.remove(id);
            if (trouble == null && asked.isDone()) {
                takenLate.put(id, answer);
            }
        }
        if (trouble == null) {
            asked.complete(answer);
        } else {
            asked.completeExceptionally(trouble);
        }
    }
}
