package io.github.cxoneassist.pipeline;

import org.apache.camel.Route;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Consumer;
import org.apache.camel.support.RoutePolicySupport;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the broker kept of an MQTT 5 session. Camel's consumer connects first and says afterwards who takes the messages;
 * the client drops what arrives in between, and the broker sends it again with the next connection only. So there is a
 * second connection, now that somebody listens.
 */
public final class MqttSessionPolicy extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(MqttSessionPolicy.class);

    @Override
    public void onStart(Route route) {
        if (route.getConsumer() instanceof PahoMqtt5Consumer consumer && consumer.getClient() != null) {
            MqttClient client = consumer.getClient();
            try {
                client.disconnect();
                client.reconnect();
            } catch (MqttException e) {
                LOG.warn(
                        "{}: what the broker kept comes with the next connection: {}",
                        route.getRouteId(),
                        e.toString());
            }
        }
    }
}
