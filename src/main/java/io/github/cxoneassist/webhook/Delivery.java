package io.github.cxoneassist.webhook;

import java.util.Map;

/**
 * What one try sends.
 *
 * @param headers all that the request needs, {@code content-type} included
 * @param body exactly the bytes that are signed; must not be changed
 */
public record Delivery(Subscriber subscriber, Map<String, String> headers, byte[] body) {}
