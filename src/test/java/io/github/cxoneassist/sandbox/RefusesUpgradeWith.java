package io.github.cxoneassist.sandbox;

import io.vertx.core.http.HttpServerRequest;

/** @param retryAfter the value of the header, or null for none */
public record RefusesUpgradeWith(int status, String retryAfter) implements Fault {
    @Override
    public void atUpgrade(HttpServerRequest request, Runnable goOn) {
        var response = request.response().setStatusCode(status);
        if (retryAfter != null) {
            response.putHeader("Retry-After", retryAfter);
        }
        response.end();
    }
}
