package io.github.cxoneassist.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A topic of an Artemis that speaks MQTT 5. */
class Mqtt5SourceTest extends BrokerSourceContract {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    @TempDir
    static Path data;

    private static ArtemisBroker broker;

    private final String topic = "suggestions-" + TOPICS.incrementAndGet();
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private MqttClient dead;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new ArtemisBroker(data);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @AfterEach
    void stopListening() throws Exception {
        dead.disconnectForcibly(100);
        dead.close();
    }

    @Override
    String source() {
        return "mqtt5";
    }

    @Override
    Map<String, String> settings() throws Exception {
        dead = new MqttClient(broker.mqttUrl(), topic + "-reader", new MemoryPersistence());
        dead.connect();
        IMqttMessageListener listener = (name, message) -> deadLetters.add(new DeadLetter(
                message.getPayload(), property(message, "cxoneAssistReason"), property(message, "cxoneAssistOutcome")));
        dead.subscribe(
                new MqttSubscription[] {new MqttSubscription(topic + "-dead", 1)},
                new IMqttMessageListener[] {listener});
        return Map.of(
                "cxone.source.mqtt5.broker-url",
                broker.mqttUrl(),
                "cxone.source.mqtt5.topic",
                topic,
                "cxone.source.mqtt5.dead-letter-topic",
                topic + "-dead",
                "cxone.source.mqtt5.client-id",
                topic + "-client");
    }

    private static String property(MqttMessage message, String name) {
        return message.getProperties().getUserProperties().stream()
                .filter(property -> property.getKey().equals(name))
                .map(UserProperty::getValue)
                .findFirst()
                .orElse(null);
    }

    @Override
    void send(String interactionId, byte[] body, Map<String, String> headers) throws Exception {
        MqttMessage message = new MqttMessage(body, 1, false, new MqttProperties());
        message.getProperties()
                .setUserProperties(headers.entrySet().stream()
                        .map(header -> new UserProperty(header.getKey(), header.getValue()))
                        .toList());
        MqttClient sender = new MqttClient(broker.mqttUrl(), topic + "-sender", new MemoryPersistence());
        sender.connect();
        sender.publish(topic, message);
        sender.disconnect();
        sender.close();
    }

    @Override
    List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    @Override
    long unacknowledged() throws Exception {
        return broker.waiting(topic);
    }

    @Override
    void brokerGoesAway() throws Exception {
        broker.goAway();
    }

    @Override
    void brokerComesBack() throws Exception {
        broker.comeBack();
    }
}
