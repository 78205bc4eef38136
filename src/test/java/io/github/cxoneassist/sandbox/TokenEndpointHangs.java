package io.github.cxoneassist.sandbox;

import io.vertx.core.http.HttpServerRequest;

public final class TokenEndpointHangs implements Fault {
    @Override
    public void atTokenRequest(HttpServerRequest request, Runnable goOn) {
        // says nothing, and keeps the connection
    }
}
