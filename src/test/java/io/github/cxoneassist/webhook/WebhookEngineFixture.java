package io.github.cxoneassist.webhook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries to real servers that behave as servers do, counted by the servers. */
abstract class WebhookEngineFixture {

    @TempDir
    Path folder;

    FeedThatCounts feed = new FeedThatCounts();
    Engine engine;

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    void start(Subscriber... subscribers) {
        engine = new Engine(folder, feed, Engine.HASTY, subscribers).start();
    }

    void append(int count, int interactions) {
        feed.append(count, interactions);
        engine.wake();
    }

    /** Written as such, too. */
    void awaitSettled(String subscriber, long seq) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> engine.store.cursor(subscriber).orElse(0) == seq);
    }

    static Subscriber with(Subscriber subscriber, boolean paused, int parallel) {
        return new Subscriber(
                subscriber.name(),
                subscriber.target(),
                subscriber.events(),
                subscriber.secrets(),
                subscriber.headers(),
                paused,
                subscriber.withText(),
                parallel);
    }

    /** With those who never answer. */
    static DeliveryRules impatient() {
        return rules(Engine.HASTY.schedule(), Duration.ofSeconds(4));
    }

    static DeliveryRules rules(RetrySchedule schedule) {
        return rules(schedule, Engine.HASTY.timeout());
    }

    static DeliveryRules rules(RetrySchedule schedule, Duration timeout) {
        DeliveryRules hasty = Engine.HASTY;
        return new DeliveryRules(
                schedule,
                timeout,
                hasty.breather(),
                hasty.firstOpen(),
                hasty.longestOpen(),
                hasty.group(),
                hasty.look());
    }

    static void assertInOrder(Receiver receiver) {
        byInteraction(receiver)
                .forEach((interaction, seqs) ->
                        assertThat(seqs).as(interaction).isSorted().doesNotHaveDuplicates());
    }

    static Map<String, List<Long>> byInteraction(Receiver receiver) {
        return receiver.requests().stream()
                .collect(groupingBy(
                        Receiver.Request::interactionId, HashMap::new, mapping(Receiver.Request::seq, toList())));
    }
}
