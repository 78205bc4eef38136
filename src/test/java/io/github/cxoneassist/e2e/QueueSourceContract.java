package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.Frame;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source keeps to that takes its suggestions from a queue through a client with the interface of JMS. */
abstract class QueueSourceContract extends BrokerSourceContract {

    private static final AtomicInteger QUEUES = new AtomicInteger();

    @TempDir
    static Path data;

    static ArtemisBroker broker;

    private final String queue = "suggestions-" + QUEUES.incrementAndGet();
    private final String dead = queue + "-dead";

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new ArtemisBroker(data);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    abstract String brokerUrl();

    abstract ConnectionFactory connections() throws Exception;

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("cxone.source." + source() + ".broker-url", brokerUrl());
        settings.put("cxone.source." + source() + ".queue", queue);
        settings.put("cxone.source." + source() + ".dead-letter-queue", dead);
        settings.put("camel.component." + source() + ".recovery-interval", "200");
        return settings;
    }

    @Override
    void send(String interactionId, byte[] body, Map<String, String> headers) throws Exception {
        send(context -> {
            BytesMessage message = context.createBytesMessage();
            message.writeBytes(body);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                message.setStringProperty(header.getKey(), header.getValue());
            }
            return message;
        });
    }

    private void send(Written message) throws Exception {
        try (JMSContext context = connections().createContext()) {
            context.createProducer().send(context.createQueue(queue), message.by(context));
        }
    }

    @Override
    List<DeadLetter> deadLetters() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        for (Message message : browse(dead)) {
            letters.add(new DeadLetter(
                    body(message),
                    message.getStringProperty("cxoneAssistReason"),
                    message.getStringProperty("cxoneAssistOutcome")));
        }
        return letters;
    }

    private List<Message> browse(String name) throws Exception {
        try (JMSContext context = connections().createContext();
                QueueBrowser browser = context.createBrowser(context.createQueue(name))) {
            List<Message> messages = new ArrayList<>();
            for (Object message : Collections.list(browser.getEnumeration())) {
                messages.add((Message) message);
            }
            return messages;
        }
    }

    private Message onlyDeadLetter() throws Exception {
        List<Message> letters = browse(dead);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static byte[] body(Message message) throws Exception {
        if (message instanceof TextMessage text) {
            return text.getText().getBytes(StandardCharsets.UTF_8);
        }
        return message instanceof BytesMessage bytes ? bytes.getBody(byte[].class) : null;
    }

    @Override
    long unacknowledged() throws Exception {
        return broker.waiting(queue);
    }

    @Override
    void brokerGoesAway() throws Exception {
        broker.goAway();
    }

    @Override
    void brokerComesBack() throws Exception {
        broker.comeBack();
    }

    @Test
    void aMessageMayBeTextAndStaysTextWhenItIsPutAside() throws Exception {
        String suggestion =
                Suggestions.valid("text", "a").put("content", "Grüße").toString();
        send(context -> context.createTextMessage(suggestion));
        send(context -> context.createTextMessage("nonsense, größer"));

        awaitSent("text", List.of("a"));
        awaitAcknowledged();
        assertThat(assist.cxone().referee().frames(Frame.Direction.IN))
                .anyMatch(frame -> frame.text().contains("\"content\":\"Grüße\""));
        Message letter = onlyDeadLetter();
        assertThat(letter).isInstanceOf(TextMessage.class);
        assertThat(letter.getBody(String.class)).isEqualTo("nonsense, größer");
        assertThat(letter.getStringProperty("cxoneAssistReason")).isEqualTo("malformed");
    }

    @Test
    void anEmptyMessageIsPutAside() throws Exception {
        send(JMSContext::createMessage);
        send("empty", "after");

        awaitSent("empty", List.of("after"));
        awaitAcknowledged();
        assertThat(deadLetters()).singleElement().satisfies(letter -> assertThat(letter.reason())
                .isEqualTo("malformed"));
    }

    @Test
    void aSerializedObjectIsPutAsideAndNeverMadeAnObject() throws Exception {
        Trap.sprung.set(false);
        send(context -> context.createObjectMessage(new Trap()));
        send("object", "after");

        awaitSent("object", List.of("after"));
        awaitAcknowledged();
        assertThat(browse(dead)).singleElement().isInstanceOf(ObjectMessage.class);
        assertThat(Trap.sprung).isFalse();
    }

    @Test
    void aMessageOfNamesAndValuesIsPutAside() throws Exception {
        send(context -> {
            MapMessage message = context.createMapMessage();
            message.setString("interactionId", "map");
            return message;
        });
        send("map", "after");

        awaitSent("map", List.of("after"));
        awaitAcknowledged();
        Message letter = onlyDeadLetter();
        assertThat(letter).isInstanceOf(MapMessage.class);
        assertThat(((MapMessage) letter).getString("interactionId")).isEqualTo("map");
    }

    @Test
    void aMessageThatWaitedForCxoneWasDeliveredOnce() throws Exception {
        cxoneGoesAway();
        send("attempts", "a");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> assist.auditLines().stream()
                                .filter("injected a"::equals)
                                .count()
                        >= 3);

        assertThat(broker.deliveries(queue)).containsExactly(1);
        cxoneComesBack();
        awaitSent("attempts", List.of("a"));
        awaitAcknowledged();
        assertThat(broker.waiting("DLQ")).isZero();
    }

    @Test
    void nobodyIsAnsweredWhoAsksForIt() throws Exception {
        send(context -> {
            TextMessage message =
                    context.createTextMessage(Suggestions.valid("reply", "a").toString());
            message.setJMSReplyTo(context.createQueue(queue + "-replies"));
            return message;
        });

        awaitSent("reply", List.of("a"));
        awaitAcknowledged();
        assertThat(broker.waiting(queue + "-replies")).isZero();
    }

    /** A message as its sender writes it. */
    private interface Written {

        Message by(JMSContext context) throws JMSException;
    }

    /** Tells when it is deserialized. */
    private static final class Trap implements Serializable {

        static final AtomicBoolean sprung = new AtomicBoolean();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            sprung.set(true);
            in.defaultReadObject();
        }
    }
}
