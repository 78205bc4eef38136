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

    record Request(Headers headers, String body) {

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
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param number of the request, from 1 */
    abstract void answer(int number, HttpExchange exchange) throws IOException;

    Subscriber subscriber() {
        return Events.subscriber("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hush");
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
        requests.add(new Request(exchange.getRequestHeaders(), body));
        answer(requests.size(), exchange);
    }
}
