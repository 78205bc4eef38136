package io.github.cxoneassist.component;

import java.net.URI;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Send suggestions to NICE CXone Agent Assist, and receive what agents did with them.
 *
 * <p>All producers and consumers of one name share one session. The body of a message to send is one suggestion as JSON;
 * the body of a message received is the frame as JSON text.
 *
 * <p>An endpoint without options of its own joins the session of its name as it is; where there is none, it starts one with the
 * options of the component.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "cxone-assist",
        title = "CXone Agent Assist",
        syntax = "cxone-assist:name",
        category = {Category.MESSAGING, Category.SAAS},
        headersClass = CxoneAssistConstants.class)
public class CxoneAssistEndpoint extends DefaultEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriPath(description = "The name of the session. All that use the same name share one connection.")
    @Metadata(required = true)
    private String name;

    @UriParam
    private CxoneAssistConfiguration configuration;

    private boolean plain;

    public CxoneAssistEndpoint(
            String uri, CxoneAssistComponent component, String name, CxoneAssistConfiguration configuration) {
        super(uri, component);
        this.name = name;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new CxoneAssistProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CxoneAssistConsumer consumer = new CxoneAssistConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    SharedSession session() {
        return ((CxoneAssistComponent) getComponent()).session(name, configuration, plain);
    }

    /** Whether the URI is a name and nothing more. */
    void setPlain(boolean plain) {
        this.plain = plain;
    }

    @Override
    public String getServiceUrl() {
        try {
            URI url = configuration.sessionConfig().webSocketUrl();
            // a query may hold a key
            return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        } catch (IllegalArgumentException e) {
            // not set here: another endpoint of this name knows it
            return null;
        }
    }

    @Override
    public String getServiceProtocol() {
        return "websocket";
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public CxoneAssistConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(CxoneAssistConfiguration configuration) {
        this.configuration = configuration;
    }
}
