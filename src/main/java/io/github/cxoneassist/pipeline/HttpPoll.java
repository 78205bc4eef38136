package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.suggestion.SuggestionReader;
import java.io.ByteArrayInputStream;
import java.util.Iterator;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Asks an HTTP server again and again, and tells what is new of what it answers. What was answered counts as taken when all
 * of it has its outcome on disk.
 */
public final class HttpPoll {

    /** Exchange property: what goes to the dead letters, should this be no suggestion. */
    public static final String ORIGINAL = "cxonePollOriginal";

    private static final String RESPONSE = "cxonePollResponse";
    private static final String ETAG = "cxonePollEtag";

    private String authorization = "";
    private volatile String etag;

    /** The header Authorization of the request; blank: none is sent. */
    public void setAuthorization(String authorization) {
        this.authorization = authorization.strip();
    }

    /** What is sent: nothing but this. */
    public void request(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setBody(null);
        message.setHeader(Exchange.HTTP_METHOD, "GET");
        message.setHeader("Accept", "application/json, application/x-ndjson");
        if (!authorization.isEmpty()) {
            message.setHeader("Authorization", authorization);
        }
        if (etag != null) {
            message.setHeader("If-None-Match", etag);
        }
    }

    /** An object, an array, or one a line; from here on no header of the server is left, whatever its name. */
    public Iterator<SuggestionReader.Item> suggestions(Exchange exchange) {
        Message message = exchange.getMessage();
        byte[] body = message.getBody(byte[].class);
        byte[] response = body == null ? new byte[0] : body;
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        exchange.setProperty(ETAG, message.getHeader("ETag", String.class));
        exchange.setProperty(RESPONSE, response);
        message.removeHeaders("*");
        var in = new ByteArrayInputStream(response);
        return contentType.toLowerCase(Locale.ROOT).contains("ndjson")
                ? SuggestionReader.ndjson(in, ValidateStep.MAX_BYTES)
                : SuggestionReader.json(in, ValidateStep.MAX_BYTES);
    }

    /** By what an element of an answer is known when it comes again; keeps it for the dead letters too. */
    public String key(Exchange exchange) {
        Object item = exchange.getMessage().getBody();
        if (item instanceof SuggestionReader.Parsed parsed) {
            String json = parsed.node().toString();
            exchange.setProperty(ORIGINAL, json);
            return ExactDigest.of(json);
        }
        // what could not be read is no element of anything: the answer as a whole is what came
        byte[] response = exchange.getProperty(RESPONSE, byte[].class);
        exchange.setProperty(ORIGINAL, response);
        return item + " " + ExactDigest.of(response);
    }

    /** For an answer that holds suggestions already. */
    public Object asItIs(Exchange exchange) {
        return exchange.getMessage().getBody();
    }

    /** All of the answer has its outcome: the server need not send it again. */
    public void taken(Exchange exchange) {
        etag = exchange.getProperty(ETAG, String.class);
    }
}
