package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A subscriber's web server on a local port. It writes down each request and answers as its subclass says. */
abstract class Receiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    record Request(long nanos, Headers headers, String body, String target, int fromPort) {

        String id() {
            return headers.getFirst("webhook-id");
        }

        long seq() {
            return data().path("sequence").longValue();
        }

        String interactionId() {
            return data().path("interactionId").textValue();
        }

        private JsonNode data() {
            try {
                return JSON.readTree(body).path("data");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Receiver() {
        this(0);
    }

    /** @param port 0 for any */
    Receiver(int port) {
        this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    Receiver(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** @param number of the request, from 1 */
    abstract void answer(int number, Request request, HttpExchange exchange) throws IOException;

    Subscriber subscriber() {
        return subscriberAt("127.0.0.1");
    }

    /** @param host that leads here */
    Subscriber subscriberAt(String host) {
        return Events.subscriber("http://" + host + ":" + port() + "/hook?token=hush");
    }

    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Subscriber subscriber(String name) {
        return Events.subscriber(name, "http://127.0.0.1:" + port() + "/hook?token=hush");
    }

    List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    List<Long> seqs() {
        return requests().stream().map(Request::seq).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request = new Request(
                System.nanoTime(),
                exchange.getRequestHeaders(),
                body,
                exchange.getRequestURI().toString(),
                exchange.getRemoteAddress().getPort());
        int number;
        synchronized (requests) {
            requests.add(request);
            number = requests.size();
        }
        answer(number, request, exchange);
    }
}
