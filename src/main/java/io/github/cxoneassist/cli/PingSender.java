package io.github.cxoneassist.cli;

import io.github.cxoneassist.tls.Tls;
import io.github.cxoneassist.webhook.AddressRules;
import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.HttpSender;
import io.github.cxoneassist.webhook.SystemNames;
import io.github.cxoneassist.webhook.Transport;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The sender of a running application, by the same rules for addresses, for a command that runs no Camel context. */
final class PingSender implements Transport, AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService lookUps = Executors.newCachedThreadPool();
    private final HttpSender sender;

    PingSender(AddressRules rules, boolean httpToLoopback) {
        sender = new HttpSender(
                vertx,
                new SystemNames(lookUps),
                rules,
                httpToLoopback,
                Tls.ofJvm(),
                HttpSender.CONNECT_TIMEOUT,
                HttpSender.ANSWER_TIMEOUT);
    }

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        return sender.post(delivery);
    }

    @Override
    public void close() {
        sender.close();
        lookUps.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
