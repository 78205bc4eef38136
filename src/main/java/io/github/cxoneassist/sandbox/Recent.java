package io.github.cxoneassist.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many of a stream without end, and how many there ever were. For one thread at a time. */
final class Recent<T> {

    private final Deque<T> items = new ArrayDeque<>();
    private final int limit;
    private long ever;

    Recent(int limit) {
        this.limit = limit;
    }

    void add(T item) {
        ever++;
        items.addLast(item);
        if (items.size() > limit) {
            items.removeFirst();
        }
    }

    long ever() {
        return ever;
    }

    List<T> list() {
        return List.copyOf(items);
    }
}
