package io.github.cxoneassist.webhook;

import java.net.URI;

/**
 * Who is told about decisions. Made by {@link Subscribers#parse}, which checks what stands here.
 *
 * @param id stable over restarts, derived from the URL; fit for logs, metrics and the cursor's key
 * @param secret {@code whsec_} and Base64, for the signature
 */
public record Subscriber(String id, URI url, String secret) {

    /** The URL as far as it may be shown: a query often carries a token. */
    public String target() {
        String shown = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        return url.getRawQuery() == null ? shown : shown + "?…";
    }

    @Override
    public String toString() {
        return "Subscriber[" + id + ", " + target() + "]";
    }
}
