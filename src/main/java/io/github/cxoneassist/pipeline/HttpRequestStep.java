package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.suggestion.SuggestionReader;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Lets a request in, or not, and leaves an iterator over its suggestions as the body. From here on no header of the client
 * is left, whatever its name.
 */
public final class HttpRequestStep implements Processor {

    private static final String NDJSON = "application/x-ndjson";

    private ApiKey apiKey = new ApiKey("");

    /** The key that a client has to send; blank: none is asked for. */
    public void setApiKey(String apiKey) {
        this.apiKey = new ApiKey(apiKey);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        apiKey.require(message);
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        byte[] body = body(message);
        message.removeHeaders("*");

        var in = new ByteArrayInputStream(body);
        SuggestionReader reader = contentType.toLowerCase(Locale.ROOT).startsWith(NDJSON)
                ? SuggestionReader.ndjson(in, ValidateStep.MAX_BYTES)
                : SuggestionReader.json(in, ValidateStep.MAX_BYTES);
        if (!reader.hasNext()) {
            throw new RequestRefusedException(
                    400, "malformed", "The body holds no suggestion. Send one JSON object, a JSON array, or NDJSON.");
        }
        exchange.setProperty(HttpBatch.PROPERTY, new HttpBatch(reader.many()));
        message.setBody(few(reader));
    }

    /**
     * All of them before the first is sent: a request that is too long is refused as a whole. What is kept is bounded by
     * the size of the body.
     */
    private static Iterator<SuggestionReader.Item> few(SuggestionReader reader) {
        List<SuggestionReader.Item> items = new ArrayList<>();
        while (reader.hasNext()) {
            if (items.size() == HttpBatch.MAX_SUGGESTIONS) {
                throw new RequestRefusedException(
                        413,
                        "too_many",
                        "A request may hold " + HttpBatch.MAX_SUGGESTIONS + " suggestions. Send several, or a file.");
            }
            items.add(reader.next());
        }
        return items.iterator();
    }

    private static byte[] body(Message message) {
        if (message.getBody() instanceof Map) {
            throw new RequestRefusedException(
                    400, "malformed", "A form is no suggestion. Send JSON with Content-Type: application/json.");
        }
        byte[] body = message.getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }
}
