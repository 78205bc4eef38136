package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.tls.Tls;
import io.github.cxoneassist.webhook.AddressRules;
import io.github.cxoneassist.webhook.HttpSender;
import io.github.cxoneassist.webhook.SystemNames;
import io.github.cxoneassist.webhook.Transport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The way to subscribers with a URL, for as long as the Camel context runs. No Camel component: of these, none lets the
 * address be checked that is dialled. Runs on the only {@link Vertx} of the registry, where there is exactly one, else on its
 * own.
 */
final class WebhookSender extends ServiceSupport {

    private static final long VERTX_CLOSE_SECONDS = 10;

    private final CamelContext camelContext;
    private final ExecutorService lookUps;
    private final Vertx ownVertx;
    private final HttpSender sender;

    /** @throws IllegalArgumentException names the setting that is wrong */
    WebhookSender(CamelContext camelContext) {
        this.camelContext = camelContext;
        PropertiesComponent properties = camelContext.getPropertiesComponent();
        AddressRules rules = AddressRules.allowing(WebhookSettings.allowedNetworks(properties));
        SSLContext tls = tls(WebhookSettings.globalTls(properties));
        lookUps = camelContext.getExecutorServiceManager().newCachedThreadPool(this, "cxone-assist-webhook-names");
        Vertx given = CamelContextHelper.findSingleByType(camelContext, Vertx.class);
        ownVertx = given == null ? Vertx.vertx() : null;
        sender = new HttpSender(
                given == null ? ownVertx : given,
                new SystemNames(lookUps),
                rules,
                WebhookSettings.httpToLoopback(properties),
                tls,
                HttpSender.CONNECT_TIMEOUT,
                HttpSender.ANSWER_TIMEOUT);
    }

    /** The one of the context, started with the first who asks for it. */
    static synchronized WebhookSender in(CamelContext camelContext) {
        WebhookSender present = camelContext.hasService(WebhookSender.class);
        if (present != null) {
            return present;
        }
        WebhookSender sender = new WebhookSender(camelContext);
        try {
            camelContext.addService(sender);
        } catch (Exception e) {
            throw new IllegalStateException("The sender of webhooks could not start", e);
        }
        return sender;
    }

    Transport transport() {
        return sender;
    }

    @Override
    protected void doStop() throws Exception {
        camelContext.getExecutorServiceManager().shutdownNow(lookUps);
        sender.close();
        if (ownVertx != null) {
            ownVertx.close().toCompletionStage().toCompletableFuture().get(VERTX_CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private SSLContext tls(boolean global) {
        SSLContextParameters parameters = global ? camelContext.getSSLContextParameters() : null;
        if (parameters == null) {
            return Tls.ofJvm();
        }
        try {
            return parameters.createSSLContext(camelContext);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    WebhookSettings.GLOBAL_TLS + " is true, and the camel.ssl.* settings cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }
}
