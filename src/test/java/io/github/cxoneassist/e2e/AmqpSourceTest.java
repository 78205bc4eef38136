package io.github.cxoneassist.e2e;

import jakarta.jms.ConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** A queue of Artemis, by AMQP 1.0. */
class AmqpSourceTest extends QueueSourceContract {

    @Override
    String source() {
        return "amqp";
    }

    @Override
    String brokerUrl() {
        return broker.amqpUrl();
    }

    @Override
    ConnectionFactory connections() {
        return new JmsConnectionFactory(brokerUrl());
    }
}
