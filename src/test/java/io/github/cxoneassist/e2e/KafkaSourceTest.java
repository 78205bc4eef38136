package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of a Kafka in KRaft mode. */
class KafkaSourceTest extends BrokerSourceContract {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    @TempDir
    static Path logs;

    private static KafkaBroker broker;

    private final String topic = "suggestions-" + TOPICS.incrementAndGet();
    private final String dead = topic + "-dead";
    private final String group = topic + "-group";
    private boolean created;
    private long sent;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new KafkaBroker(logs, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Override
    String source() {
        return "kafka";
    }

    @Override
    Map<String, String> settings() throws Exception {
        if (!created) {
            broker.createTopic(topic, 1);
            broker.createTopic(dead, 1);
            created = true;
        }
        return Map.of(
                "cxone.source.kafka.brokers", broker.servers(),
                "cxone.source.kafka.topic", topic,
                "cxone.source.kafka.dead-letter-topic", dead,
                "cxone.source.kafka.group", group);
    }

    @Override
    void send(String interactionId, byte[] body, Map<String, String> headers) throws Exception {
        var message = new ProducerRecord<>(topic, interactionId.getBytes(StandardCharsets.UTF_8), body);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        broker.send(message);
        sent++;
    }

    @Override
    List<DeadLetter> deadLetters() {
        return broker.read(dead).stream()
                .map(message -> new DeadLetter(
                        message.value(), header(message, "cxoneAssistReason"), header(message, "cxoneAssistOutcome")))
                .toList();
    }

    @Override
    long unacknowledged() throws Exception {
        return sent - broker.committed(group);
    }

    @Override
    void brokerGoesAway() {
        broker.goAway();
    }

    @Override
    void brokerComesBack() {
        broker.comeBack();
    }

    /** The consumer loses its partition meanwhile, and what it did with the rest of its records cannot be committed. */
    @Test
    void anOutageThatIsLongerThanTheGroupWaitsForItsMembersLosesNothingAndRepeatsNothing() throws Exception {
        assist.close();
        startWith(Map.of("camel.component.kafka.max-poll-interval-ms", "3000"));
        cxoneGoesAway();
        List<String> ids = ids("long", 3);
        for (String id : ids) {
            send("long", id);
        }
        // pauses of 1, 2 and 4 s lie between these
        await().atMost(Duration.ofSeconds(40))
                .until(() -> assist.auditLines().stream()
                                .filter("injected long-0"::equals)
                                .count()
                        >= 4);

        cxoneComesBack();

        awaitSent("long", ids);
        awaitAcknowledged();
        assertThat(assist.cxone().referee().suggestions("long"))
                .extracting(suggestion -> suggestion.id())
                .containsExactlyElementsOf(ids);
        assertThat(ids).allSatisfy(id -> assertThat(assist.cxone().referee().sends("long", id))
                .isEqualTo(1));
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
