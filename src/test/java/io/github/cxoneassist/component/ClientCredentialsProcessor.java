package io.github.cxoneassist.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cxoneassist.sandbox.SandboxConfig;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** In the manner of camel-oauth: asks the identity provider, blocking, and sets the header. No cache. */
class ClientCredentialsProcessor implements Processor {

    private final String tokenUrl;
    private final SandboxConfig config;

    ClientCredentialsProcessor(String tokenUrl, SandboxConfig config) {
        this.tokenUrl = tokenUrl;
        this.config = config;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        exchange.getMessage().setHeader("Authorization", "Bearer " + fetch());
    }

    String fetch() throws Exception {
        String form = "grant_type=client_credentials&client_id=" + URLEncoder.encode(config.clientId(), UTF_8)
                + "&client_secret=" + URLEncoder.encode(config.clientSecret(), UTF_8) + "&scope=agentassist%3Awrite";
        HttpRequest request = HttpRequest.newBuilder(URI.create(tokenUrl))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new JsonObject(body).getString("access_token");
    }
}
