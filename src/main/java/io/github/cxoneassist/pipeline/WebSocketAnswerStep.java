package io.github.cxoneassist.pipeline;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Answers a message. Not the server itself: a route that names it as a step would stop it when the route stops. */
public final class WebSocketAnswerStep implements Processor {

    private WebSocketServer server;

    /** Who took the message. */
    public void setServer(WebSocketServer server) {
        this.server = server;
    }

    @Override
    public void process(Exchange exchange) {
        server.answer(exchange);
    }
}
