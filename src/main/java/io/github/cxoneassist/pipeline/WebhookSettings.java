package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.webhook.SubscriberSettings;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.spi.PropertiesComponent;

/** The settings of webhooks, as a context has them. */
public final class WebhookSettings {

    static final String HTTP_TO_LOOPBACK = "cxone.webhook.http-to-loopback";
    static final String ALLOWED_NETWORKS = "cxone.webhook.allowed-networks";
    static final String GLOBAL_TLS = "cxone.webhook.use-global-ssl-context-parameters";

    /** Which events subscribers may name. */
    public static final Set<String> EVENTS =
            Arrays.stream(JournalEvent.values()).map(JournalEvent::wireName).collect(Collectors.toUnmodifiableSet());

    private WebhookSettings() {}

    /** Whether a subscriber on this machine may do without TLS. */
    public static boolean httpToLoopback(PropertiesComponent properties) {
        return properties
                .resolveProperty(HTTP_TO_LOOPBACK)
                .map(String::strip)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /** Whether TLS is that of the {@code camel.ssl.*} settings. */
    static boolean globalTls(PropertiesComponent properties) {
        return properties
                .resolveProperty(GLOBAL_TLS)
                .map(String::strip)
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    /** Networks besides the internet in which subscribers may be, as they are written. */
    public static String allowedNetworks(PropertiesComponent properties) {
        return properties.resolveProperty(ALLOWED_NETWORKS).orElse("");
    }

    /** Those of subscribers, whose names nobody knows before; placeholders are resolved. */
    public static SubscriberSettings subscribers(PropertiesComponent properties) {
        Map<String, String> settings = new TreeMap<>();
        for (String name : properties
                .loadProperties(name -> name.startsWith(SubscriberSettings.PREFIX))
                .stringPropertyNames()) {
            properties.resolveProperty(name).ifPresent(value -> settings.put(name, value));
        }
        return SubscriberSettings.read(settings, EVENTS, httpToLoopback(properties));
    }
}
