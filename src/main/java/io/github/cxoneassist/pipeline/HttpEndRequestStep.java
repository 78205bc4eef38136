package io.github.cxoneassist.pipeline;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the request to end an interaction, named by the path, into what the sink understands. No header of the client is
 * left.
 */
public final class HttpEndRequestStep implements Processor {

    private static final String PATH_PARAMETER = "id";
    private static final int MAX_ID_LENGTH = 256;

    private ApiKey apiKey = new ApiKey("");

    /** The key that a client has to send; blank: none is asked for. */
    public void setApiKey(String apiKey) {
        this.apiKey = new ApiKey(apiKey);
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        apiKey.require(message);
        String id = message.getHeader(PATH_PARAMETER, "", String.class);
        message.removeHeaders("*");
        message.setBody(null);
        if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
            throw new RequestRefusedException(
                    400,
                    "invalid",
                    "The path has to name an interaction, in at most " + MAX_ID_LENGTH + " characters.");
        }
        message.setHeader(PipelineProperties.END_INTERACTION_HEADER, true);
        message.setHeader(PipelineProperties.INTERACTION_ID_HEADER, id);
        exchange.setProperty(HttpBatch.PROPERTY, new HttpBatch(false));
    }
}
