package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber's web server on a local port. It writes down each request and answers as its subclass says. */
abstract class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Request(Headers headers, String body, String target, int fromPort) {

        String id() {
            return headers.getFirst("webhook-id");
        }

        String suggestionId() {
            try {
                return JSON.readTree(body).at("/data/suggestionId").textValue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Receiver() {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Receiver(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param number of the request, from 1 */
    abstract void answer(int number, HttpExchange exchange) throws IOException;

    Subscriber subscriber() {
        return subscriber("127.0.0.1");
    }

    /** @param host that leads here */
    Subscriber subscriber(String host) {
        return Events.subscriber("http://" + host + ":" + port() + "/hook?token=hush");
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Request> requests() {
        return requests;
    }

    List<String> suggestionIds() {
        return requests.stream().map(Request::suggestionId).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestHeaders(),
                body,
                exchange.getRequestURI().toString(),
                exchange.getRemoteAddress().getPort()));
        answer(requests.size(), exchange);
    }
}
