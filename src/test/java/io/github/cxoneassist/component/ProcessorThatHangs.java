package io.github.cxoneassist.component;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The first calls never come back by themselves; the others do what they should. */
final class ProcessorThatHangs implements Processor {

    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    private final int hanging;
    private final boolean stubborn;
    private final Processor then;

    /** @param stubborn takes no notice of an interruption, like a read from a socket */
    ProcessorThatHangs(int hanging, boolean stubborn, Processor then) {
        this.hanging = hanging;
        this.stubborn = stubborn;
        this.then = then;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (calls.incrementAndGet() > hanging) {
            then.process(exchange);
            return;
        }
        boolean over = false;
        while (!over) {
            try {
                release.await();
                over = true;
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                over = !stubborn;
            }
        }
    }
}
