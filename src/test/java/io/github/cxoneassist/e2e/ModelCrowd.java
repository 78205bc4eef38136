package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.e2e.ModelInteraction.Policy;
import io.github.cxoneassist.e2e.ModelStep.Again;
import io.github.cxoneassist.e2e.ModelStep.End;
import io.github.cxoneassist.e2e.ModelStep.Flaw;
import io.github.cxoneassist.e2e.ModelStep.Suggest;
import io.github.cxoneassist.e2e.ModelStep.Tell;
import io.github.cxoneassist.e2e.ModelSuggestion.Body;
import io.github.cxoneassist.sandbox.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Several threads that all do something to the same interactions, while the connection comes and goes and the clock runs on.
 * Nobody can say what has to become of a suggestion then, but what never may: {@link #judge}.
 */
final class ModelCrowd {

    private static final int THREADS = 4;
    private static final int OPERATIONS_EACH = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Told(String interactionId, String id, CompletableFuture<Exchange> answer) {}

    private static final class Call {
        private final String id;
        private final Policy policy;
        private final AtomicInteger ids = new AtomicInteger();
        private final Map<String, Body> bodies = new ConcurrentHashMap<>();

        private Call(String id, Policy policy) {
            this.id = id;
            this.policy = policy;
        }
    }

    private final PipelineUnderModel pipeline;
    private final List<Call> calls;
    private final ModelLives lives = new ModelLives();
    private final List<Told> told = new ArrayList<>();

    ModelCrowd(PipelineUnderModel pipeline, int number, int interactions) {
        this.pipeline = pipeline;
        this.calls = IntStream.range(0, interactions)
                .mapToObj(i -> new Call("crowd-" + number + "-" + i, Policy.values()[i % Policy.values().length]))
                .toList();
    }

    void run(Random random) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch done = new CountDownLatch(THREADS);
        try {
            List<Future<List<Told>>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random own = new Random(random.nextLong());
                results.add(threads.submit(() -> {
                    try {
                        return work(own);
                    } finally {
                        done.countDown();
                    }
                }));
            }
            while (!done.await(random.nextInt(100), TimeUnit.MILLISECONDS)) {
                weather(random);
            }
            for (Future<List<Told>> result : results) {
                told.addAll(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
        endAll();
    }

    private void weather(Random random) {
        if (!pipeline.isOnline()) {
            pipeline.reconnect(lives::read);
        } else if (random.nextInt(3) == 0) {
            pipeline.drop(lives::read);
        } else {
            pipeline.clock().advance(Duration.ofMinutes(random.nextInt(60)));
        }
    }

    private List<Told> work(Random random) {
        List<Told> mine = new ArrayList<>();
        for (int i = 0; i < calls.size() * OPERATIONS_EACH / THREADS; i++) {
            Call call = calls.get(random.nextInt(calls.size()));
            ModelStep step = ModelStep.local(random, call.ids.get());
            if (step instanceof Suggest suggest) {
                mine.add(offer(call, body(call, suggest)));
            } else if (step instanceof Again again && call.bodies.containsKey(again.id())) {
                mine.add(offer(call, call.bodies.get(again.id())));
            } else if (step instanceof Tell tell
                    && (tell.id().equals("never") || pipeline.wasShown(call.id, tell.id()))) {
                // an agent who decided on what is on its way only would confuse the referee's count, which has not seen
                // it
                pipeline.tell(tell.word(), call.id, tell.id());
            } else if (step instanceof End) {
                mine.add(new Told(call.id, null, pipeline.end(call.policy, call.id)));
            }
            if (i % 20 == 0 && !mine.isEmpty()) {
                // so that the threads do not get too far ahead of the disk
                mine.get(mine.size() - 1)
                        .answer()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
            }
        }
        return mine;
    }

    private Body body(Call call, Suggest suggest) {
        Instant now = pipeline.clock().instant();
        Body body = new Body(
                "s" + call.ids.getAndIncrement(),
                suggest.priority(),
                suggest.percent(),
                now.minusSeconds(60),
                suggest.flaw() == Flaw.OUT_OF_DATE ? now.minusSeconds(1) : now.plus(Duration.ofHours(suggest.hours())),
                suggest.flaw());
        call.bodies.put(body.id(), body);
        return body;
    }

    private Told offer(Call call, Body body) {
        return new Told(call.id, body.id(), pipeline.offer(call.policy, call.id, body));
    }

    /** The connection is back, every source has its answer, and all windows end. */
    private void endAll() {
        if (!pipeline.isOnline()) {
            pipeline.reconnect(lives::read);
        }
        await().atMost(PATIENCE)
                .until(() -> told.stream().allMatch(one -> one.answer().isDone()));
        pipeline.clock().advance(Duration.ofHours(24));
        try {
            await().atMost(PATIENCE).until(() -> {
                pipeline.newRows().forEach(lives::read);
                return lives.open().isEmpty()
                        && calls.stream()
                                .allMatch(call -> pipeline.slots(call.id).equals("0 active, 0 waiting"));
            });
        } catch (ConditionTimeoutException e) {
            // judged with all the rest
        }
    }

    void judge() throws Exception {
        pipeline.newRows().forEach(lives::read);
        assertThat(lives.open()).as("neither ended nor given back").isEmpty();
        assertThat(lives.nonsense()).as("cannot have happened like this").isEmpty();
        assertThat(pipeline.witness().unjournaled())
                .as("shown before it was on disk")
                .isEmpty();
        for (Told one : told) {
            String answer = PipelineUnderModel.answer(one.answer());
            if (answer.startsWith("sent") || answer.startsWith("held")) {
                assertThat(lives.was(one.interactionId(), one.id(), answer.startsWith("sent") ? "injected" : "held")
                                || lives.was(one.interactionId(), one.id(), "injected"))
                        .as("%s %s was told %s", one.interactionId(), one.id(), answer)
                        .isTrue();
            }
        }
        List<Violation> violations = new ArrayList<>(pipeline.cxone().referee().violations());
        // an answer may be lost with its connection; that what was heard is not sent again, the other mode shows
        violations.removeIf(violation -> violation.kind() == Violation.Kind.SENT_AGAIN_AFTER_ANSWER);
        // the clock jumps by hours while frames are on their way; that nothing is sent late, the other mode shows
        violations.removeIf(violation -> violation.kind() == Violation.Kind.OUTSIDE_ITS_WINDOW);
        PipelineUnderModel.takeTooMany(violations).forEach((call, numbers) -> assertThat(numbers)
                .as("active at CXone in %s", call)
                .allMatch(number -> number <= ModelInteraction.SLOTS + shownAndEndedWith(call)));
        assertThat(violations).isEmpty();
    }

    /** CXone is not told that an interaction ended, and goes on counting what it had of it. */
    private long shownAndEndedWith(String call) {
        return lives.of(call).stream()
                .filter(id -> pipeline.wasShown(call, id) && lives.was(call, id, "expired interaction_ended"))
                .count();
    }
}
