package io.github.cxoneassist.component;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The properties {@code camel.oauth.<profile>.*} in the place of options that are not set. They are spelt as camel-oauth
 * spells them, and come from wherever the context's properties do, vaults included.
 */
final class OAuthProfile {

    private static final Logger LOG = LoggerFactory.getLogger(OAuthProfile.class);

    // anything else would be taken apart by Camel as a default value, a function or a placeholder
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final long LONGEST_SECONDS = 365L * 24 * 60 * 60;

    private final String name;
    private final CamelContext context;

    private OAuthProfile(String name, CamelContext context) {
        this.name = name;
        this.context = context;
    }

    /**
     * @return the same where it names no profile, or a token source, which needs none
     * @throws IllegalArgumentException names the property that is missing or wrong
     */
    static CxoneAssistConfiguration fill(CxoneAssistConfiguration configuration, CamelContext context) {
        String profile = configuration.getOauthProfile();
        if (profile == null || configuration.getTokenSource() != null) {
            return configuration;
        }
        if (!NAME.matcher(profile.strip()).matches()) {
            throw new IllegalArgumentException(
                    "cxone-assist: oauthProfile has to be letters, digits, dots, hyphens and underscores, the middle of a"
                            + " property such as camel.oauth.PROFILE.client-id");
        }
        CxoneAssistConfiguration filled = configuration.copy();
        new OAuthProfile(profile.strip(), context).applyTo(filled);
        return filled;
    }

    private void applyTo(CxoneAssistConfiguration options) {
        require(options.getClientId(), "clientId", "client-id", options::setClientId);
        require(options.getClientSecret(), "clientSecret", "client-secret", options::setClientSecret);
        require(options.getTokenUrl(), "tokenUrl", "token-endpoint", options::setTokenUrl);
        if (!options.hasScope()) {
            property("scope").ifPresent(options::setScope);
        }
        if (!options.hasRenewBefore()) {
            seconds("cached-tokens-expiration-margin-seconds", 0)
                    .ifPresent(margin -> options.setRenewBefore(margin * 1000));
        }
        seconds("cached-tokens-default-expiry-seconds", 1).ifPresent(options::defaultLifetime);
        if (property("cache-tokens").filter("false"::equalsIgnoreCase).isPresent()) {
            LOG.warn("{} is ignored: a session keeps its token until it runs out or is refused", key("cache-tokens"));
        }
    }

    private void require(String own, String option, String property, Consumer<String> setter) {
        if (own == null) {
            setter.accept(property(property)
                    .orElseThrow(() -> new IllegalArgumentException("cxone-assist: the property " + key(property)
                            + " is missing, blank, or holds a placeholder that is. The oauthProfile " + name
                            + " needs it, or the option " + option
                            + " in its place.")));
        }
    }

    private Optional<Long> seconds(String property, long least) {
        return property(property).map(text -> {
            try {
                long seconds = Long.parseLong(text.strip());
                if (seconds >= least && seconds <= LONGEST_SECONDS) {
                    return seconds;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new IllegalArgumentException("cxone-assist: the property " + key(property)
                    + " has to be a whole number of seconds from " + least + " to " + LONGEST_SECONDS);
        });
    }

    private Optional<String> property(String property) {
        try {
            return context.getPropertiesComponent()
                    .resolveProperty(key(property))
                    .filter(value -> !value.isBlank());
        } catch (RuntimeException e) {
            // without the cause: it may quote the value, or what a vault said
            throw new IllegalArgumentException("cxone-assist: the property " + key(property) + " cannot be resolved ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private String key(String property) {
        return "camel.oauth." + name + "." + property;
    }
}
