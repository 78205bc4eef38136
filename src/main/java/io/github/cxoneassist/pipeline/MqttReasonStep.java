package io.github.cxoneassist.pipeline;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.paho.mqtt5.PahoMqtt5Constants;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** Says in the user properties of an MQTT 5 message why it was refused; other brokers have headers for it. */
public final class MqttReasonStep implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        MqttProperties properties = new MqttProperties();
        properties.setUserProperties(List.of(
                new UserProperty(
                        "cxoneAssistReason", message.getHeader(PipelineProperties.REASON_HEADER, "", String.class)),
                new UserProperty("cxoneAssistOutcome", message.getBody(String.class))));
        message.setHeader(PahoMqtt5Constants.CAMEL_PAHO_MSG_PROPERTIES, properties);
    }
}
