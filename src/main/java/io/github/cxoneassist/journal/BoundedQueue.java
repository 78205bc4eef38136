package io.github.cxoneassist.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * First in, first out, many producers, one consumer that takes what is there. A BlockingQueue cannot be closed: between
 * a producer's look at a flag and its offer the consumer may have gone, and the offer would wait for ever.
 */
final class BoundedQueue<T> {
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<T> waiting = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    BoundedQueue(int capacity) {
        this.capacity = capacity;
    }

    Offer offer(T element) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            } else if (waiting.size() >= capacity) {
                return Offer.FULL;
            }
            waiting.add(element);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for at least one element and takes up to {@code max}; none means closed and drained. */
    List<T> take(int max) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<T> taken = new ArrayList<>(Math.min(max, waiting.size()));
            while (taken.size() < max && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what is in it stays to be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
