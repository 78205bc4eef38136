package io.github.cxoneassist.webhook;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other on an executor that others share, without a thread of its own. What the executor doesn't take
 * waits for the next task, which brings it along.
 */
final class Serial implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Serial.class);

    private final Executor executor;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    Serial(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        submit();
    }

    private void submit() {
        try {
            executor.execute(this::runOne);
        } catch (RejectedExecutionException e) {
            synchronized (tasks) {
                running = false;
            }
        }
    }

    /** One, then to the back of the executor's queue: nobody keeps a thread from the others. */
    private void runOne() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.remove();
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the webhooks failed", e);
        } finally {
            boolean more;
            synchronized (tasks) {
                more = !tasks.isEmpty();
                running = more;
            }
            if (more) {
                submit();
            }
        }
    }
}
