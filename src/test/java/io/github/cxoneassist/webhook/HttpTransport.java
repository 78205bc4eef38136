package io.github.cxoneassist.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/** Real HTTP, by the JDK's client. */
final class HttpTransport implements Transport {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        ((Target.Url) delivery.subscriber().target()).url())
                .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body()));
        delivery.headers().forEach(request::header);
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(answer ->
                        new Answer(answer.statusCode(), answer.headers().firstValue("Retry-After"), ""));
    }
}
