package io.github.cxoneassist.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis in this JVM that speaks its own protocol, AMQP 1.0 and MQTT 5, each on a port of its own. */
final class ArtemisBroker implements AutoCloseable {

    private final Configuration configuration = new ConfigurationImpl();
    private final int core = freePort();
    private final int amqp = freePort();
    private final int mqtt = freePort();
    private EmbeddedActiveMQ server;

    ArtemisBroker(Path folder) throws Exception {
        configuration
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("core", "tcp://127.0.0.1:" + core + "?protocols=CORE")
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + amqp + "?protocols=AMQP")
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqtt + "?protocols=MQTT")
                // as a new broker of this make is set up: the tenth delivery is the last
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setDeadLetterAddress(SimpleString.of("DLQ"))
                                .setMaxDeliveryAttempts(10)
                                .setAutoDeleteQueues(false)
                                .setAutoDeleteAddresses(false));
        comeBack();
    }

    void comeBack() throws Exception {
        server = new EmbeddedActiveMQ().setConfiguration(configuration);
        server.start();
    }

    void goAway() throws Exception {
        server.stop();
    }

    @Override
    public void close() throws Exception {
        goAway();
    }

    String coreUrl() {
        return "tcp://127.0.0.1:" + core;
    }

    String amqpUrl() {
        return "amqp://127.0.0.1:" + amqp;
    }

    String mqttUrl() {
        return "tcp://127.0.0.1:" + mqtt;
    }

    /** How many messages of an address it has not been told to be done, those that are with a consumer included. */
    long waiting(String address) throws Exception {
        return server.getActiveMQServer().getPostOffice().listQueuesForAddress(SimpleString.of(address)).stream()
                .mapToLong(Queue::getMessageCount)
                .sum();
    }

    /** How often each message was delivered that is with a consumer now. */
    List<Integer> deliveries(String queue) {
        return server.getActiveMQServer().locateQueue(SimpleString.of(queue)).getDeliveringMessages().values().stream()
                .flatMap(List::stream)
                .map(MessageReference::getDeliveryCount)
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
