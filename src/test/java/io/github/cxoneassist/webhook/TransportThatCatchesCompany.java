package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Delivers at once, on a thread of its own, and writes down how many were under way together. */
final class TransportThatCatchesCompany implements Transport {

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<Long> sequences = new ArrayList<>();

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        String id = delivery.headers().get("webhook-id");
        return CompletableFuture.supplyAsync(
                () -> {
                    synchronized (sequences) {
                        sequences.add(Long.valueOf(id.substring(id.lastIndexOf('_') + 1)));
                        sequences.notifyAll();
                    }
                    underWay.decrementAndGet();
                    return Answer.of(200);
                },
                ForkJoinPool.commonPool());
    }

    void awaitDelivered(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        synchronized (sequences) {
            while (sequences.size() < count) {
                long left = deadline - System.nanoTime();
                assertThat(left)
                        .as("time left for %d of %d", sequences.size(), count)
                        .isPositive();
                TimeUnit.NANOSECONDS.timedWait(sequences, left);
            }
        }
    }

    List<Long> sequences() {
        synchronized (sequences) {
            return List.copyOf(sequences);
        }
    }

    int mostAtOnce() {
        return most.get();
    }
}
