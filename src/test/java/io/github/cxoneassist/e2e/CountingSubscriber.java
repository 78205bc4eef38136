package io.github.cxoneassist.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A subscriber that lives on while the application is killed, and writes down each event that it took. */
final class CountingSubscriber implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Taken(String id, long seq, String interactionId, String suggestionId, String outcome) {}

    private final int slowness;
    private final List<Taken> taken = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private int port;

    /** @param slowness how long it thinks about each event, in milliseconds */
    CountingSubscriber(int slowness) throws IOException {
        this.slowness = slowness;
        open();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/kb";
    }

    List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** On the same port again, after {@link #close}. */
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode event = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        JsonNode data = event.path("data");
        if (slowness > 0) {
            try {
                new CountDownLatch(1).await(slowness, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        synchronized (taken) {
            taken.add(new Taken(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    data.path("sequence").asLong(),
                    data.path("interactionId").asText(),
                    data.path("suggestionId").asText(),
                    event.path("type").asText().replaceFirst("^agentassist\\.", "")));
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
