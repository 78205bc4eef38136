package io.github.cxoneassist.e2e;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
        broker.createTopic(topic, 1);
        broker.createTopic(dead, 1);
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

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
