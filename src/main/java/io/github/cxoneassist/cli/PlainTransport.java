package io.github.cxoneassist.cli;

import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.Transport;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** HTTP by the JDK, for a command that runs no Camel context. */
final class PlainTransport implements Transport {

    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public CompletionStage<Integer> post(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        ((Target.Url) delivery.subscriber().target()).url())
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }
}
