package io.github.cxoneassist.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A Kafka of one node, which is broker and controller (KRaft), in this JVM. */
final class KafkaBroker implements AutoCloseable {

    private final Map<String, Object> settings = new HashMap<>();
    private final String servers;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private KafkaRaftServer server;

    /** @param port 0 for any that is free; it stays the same when the broker goes and comes back */
    KafkaBroker(Path folder, int port) throws Exception {
        int listens = port == 0 ? freePort() : port;
        int controls = freePort();
        servers = "127.0.0.1:" + listens;
        String logs = Files.createDirectories(folder).toString();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controls);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://" + servers + ",CONTROLLER://127.0.0.1:" + controls);
        settings.put("advertised.listeners", "PLAINTEXT://" + servers);
        settings.put("log.dirs", logs);
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("controlled.shutdown.enable", "false");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(logs)
                .addDirectory(logs)
                .run();
        comeBack();
        admin = Admin.create(clientSettings());
        producer = new KafkaProducer<>(clientSettings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    String servers() {
        return servers;
    }

    void comeBack() {
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
    }

    void goAway() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        goAway();
    }

    void createTopic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get(20, TimeUnit.SECONDS);
    }

    void send(ProducerRecord<byte[], byte[]> message) throws Exception {
        producer.send(message).get(20, TimeUnit.SECONDS);
    }

    /** Up to which offset a group has said that it is done, summed over the partitions. */
    long committed(String group) throws Exception {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(20, TimeUnit.SECONDS)
                .values()
                .stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** All that is in the only partition of a topic now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(clientSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private Properties clientSettings() {
        Properties client = new Properties();
        client.put("bootstrap.servers", servers);
        client.put("reconnect.backoff.max.ms", "200");
        return client;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A broker to try things with, until it is stopped: {@code KafkaBroker FOLDER PORT}. */
    public static void main(String[] arguments) throws Exception {
        KafkaBroker broker = new KafkaBroker(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        broker.server.awaitShutdown();
    }
}
