package io.github.cxoneassist.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

public record TokenEndpointAnswers(int status, Map<String, String> headers, String body) implements Fault {
    @Override
    public void atTokenRequest(HttpServerRequest request, Runnable goOn) {
        var response = request.response().setStatusCode(status);
        headers.forEach(response::putHeader);
        response.end(body);
    }
}
