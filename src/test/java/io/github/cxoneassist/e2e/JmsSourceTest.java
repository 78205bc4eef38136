package io.github.cxoneassist.e2e;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A queue of Artemis, by its own client. */
class JmsSourceTest extends QueueSourceContract {

    @Override
    String source() {
        return "jms";
    }

    @Override
    String brokerUrl() {
        return broker.coreUrl();
    }

    @Override
    ConnectionFactory connections() throws Exception {
        return new ActiveMQConnectionFactory(brokerUrl());
    }
}
