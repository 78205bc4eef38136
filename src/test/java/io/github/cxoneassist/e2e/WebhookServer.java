package io.github.cxoneassist.e2e;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber: a real HTTP server that keeps what it got, once the reference library has verified it. */
class WebhookServer implements AutoCloseable {

    static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();

    WebhookServer() throws Exception {
        this(SECRET);
    }

    WebhookServer(String secret) throws Exception {
        Webhook verifier = new Webhook(secret);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            try {
                verifier.verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                bodies.add(body);
            } catch (Exception e) {
                refused.add(e + ": " + body);
            }
            exchange.sendResponseHeaders(status(ids.size()), -1);
            exchange.close();
        });
        server.start();
    }

    /** The settings that make subscribers of these URLs. */
    static Map<String, String> settings(String... urls) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < urls.length; i++) {
            String prefix = "cxone.webhook.subscribers.kb-" + i;
            settings.put(prefix + ".url", urls[i]);
            settings.put(prefix + ".secret", SECRET);
        }
        return settings;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/kb";
    }

    List<String> bodies() {
        return bodies;
    }

    /** Of all calls, the first first. */
    List<String> ids() {
        return ids;
    }

    /** @param call the first is 1 */
    int status(int call) {
        return 204;
    }

    List<String> refused() {
        return refused;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
