package io.github.cxoneassist.journal;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Walks a table page by page, so that a log of any length fits in memory and no transaction stays open. */
final class Pages<T> implements Iterator<T> {
    private final Function<T, List<T>> after;
    private Iterator<T> page = Collections.emptyIterator();
    private T last;
    private boolean ended;

    /** @param after the page behind an element; the first one for null; an empty one at the end */
    Pages(Function<T, List<T>> after) {
        this.after = after;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !ended) {
            page = after.apply(last).iterator();
            ended = !page.hasNext();
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("nothing after " + last);
        }
        last = page.next();
        return last;
    }
}
