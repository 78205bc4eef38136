package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.cxoneassist.tls.Tls;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Senders of one test on one Vert.x, and what becomes of a try. */
final class Senders implements AutoCloseable {

    static final AddressRules LOOPBACK = AddressRules.allowing("127.0.0.0/8");
    static final Duration PATIENT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpSender> made = new ArrayList<>();

    HttpSender sender(NameResolver names, AddressRules rules) {
        return sender(names, rules, Tls.ofJvm(), PATIENT, PATIENT);
    }

    HttpSender sender(NameResolver names, AddressRules rules, SSLContext tls, Duration connect, Duration answer) {
        HttpSender sender = new HttpSender(vertx, names, rules, true, tls, connect, answer);
        made.add(sender);
        return sender;
    }

    static Answer post(HttpSender sender, Subscriber subscriber) throws Exception {
        return sender.post(delivery(subscriber)).toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    /** The message of a try that fails, as it must. */
    static String failure(HttpSender sender, Subscriber subscriber) {
        Throwable thrown = catchThrowable(() -> post(sender, subscriber));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        assertThat(thrown.getCause()).isInstanceOf(DeliveryException.class).hasNoCause();
        assertThat(thrown.getCause().getMessage()).doesNotContain("hush").doesNotContain("v1,");
        return thrown.getCause().getMessage();
    }

    static Delivery delivery(Subscriber subscriber) {
        return new Delivery(
                subscriber,
                Map.of("content-type", "application/json", "webhook-id", "msg_1", "webhook-signature", "v1,abc="),
                "{\"type\":\"agentassist.accepted\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        made.forEach(HttpSender::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
