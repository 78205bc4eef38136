package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.suggestion.Suggestion;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.websocket.VertxWebsocketComponent;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConstants;
import org.apache.camel.component.vertx.websocket.VertxWebsocketPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's WebSocket server with a door: who has no key gets no connection. A handshake cannot bring in headers, which the
 * component would make of its query; and no web page can open it, which a browser would let any page try.
 *
 * <p>It answers by itself, because the component's producer dials its own server where nobody is connected any more.
 */
public final class WebSocketServer extends VertxWebsocketComponent {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketServer.class);

    private byte[] apiKey = {};

    /** The key that a handshake has to send; blank: none is asked for. */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey.strip().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Router router = Router.router(getVertx());
        router.route().handler(this::letIn);
        setRouter(router);
    }

    private void letIn(RoutingContext handshake) {
        HttpServerRequest request = handshake.request();
        String given = Objects.requireNonNullElse(request.getHeader(ApiKey.HEADER), "");
        // equal whatever the length, in the same time
        if (apiKey.length > 0 && !MessageDigest.isEqual(apiKey, given.getBytes(StandardCharsets.UTF_8))) {
            refuse(handshake, 401, "Send the key of this service (cxone.api-key) in the header X-API-Key.");
        } else if (request.getHeader("Origin") != null) {
            refuse(handshake, 403, "Web pages are not let in.");
        } else if (request.query() != null) {
            refuse(handshake, 400, "There is nothing to say in the query.");
        } else {
            handshake.next();
        }
    }

    private static void refuse(RoutingContext handshake, int status, String why) {
        handshake.response().setStatusCode(status).end(why);
    }

    /** Tells the sender of a message what became of it, or that it has to send it again. */
    void answer(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String answer = failure == null
                ? exchange.getMessage().getBody(String.class)
                : failed(exchange, failure).toJson().toString();
        String key = exchange.getMessage().getHeader(VertxWebsocketConstants.CONNECTION_KEY, String.class);
        ServerWebSocket sender = getVertxHostRegistry().values().stream()
                .map(host -> host.getConnectedPeer(key))
                .filter(Objects::nonNull)
                .map(VertxWebsocketPeer::getWebSocket)
                .findFirst()
                .orElse(null);
        if (sender == null || sender.isClosed()) {
            // it sends it again, and learns then that it is a duplicate
            LOG.debug("Nobody to answer: the connection is closed");
        } else {
            sender.writeTextMessage(answer);
        }
    }

    private static Outcome failed(Exchange exchange, Throwable failure) {
        boolean away = HttpAnswerStep.isAway(failure);
        if (!away) {
            LOG.error("A message failed", failure);
        }
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        return new Outcome(
                suggestion == null ? null : suggestion.interactionId(),
                suggestion == null ? null : suggestion.id(),
                Outcome.Status.FAILED,
                away ? "unavailable" : "internal_error",
                List.of(),
                null,
                null,
                null);
    }
}
