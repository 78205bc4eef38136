package io.github.cxoneassist.cli;

import io.github.cxoneassist.oauth.Region;
import io.github.cxoneassist.oauth.SecureUri;
import io.github.cxoneassist.pipeline.AuditSettings;
import io.github.cxoneassist.webhook.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.util.StringHelper;

/** What has to be true of the settings before anything starts: all that is wrong is told at once. */
final class Settings {

    private final Function<String, Optional<String>> lookup;
    private final List<String> problems = new ArrayList<>();

    private Settings(Function<String, Optional<String>> lookup) {
        this.lookup = lookup;
    }

    /**
     * @param lookup the value of a setting by its name, after placeholders and environment
     * @param problemsOfOthers what is wrong with those that only their own reader knows
     * @throws SettingsException naming each setting that is missing or wrong
     */
    static void check(Function<String, Optional<String>> lookup, List<String> problemsOfOthers) {
        Settings settings = new Settings(lookup);
        settings.checkConnection();
        settings.checkServer();
        settings.checkSources();
        settings.checkRules();
        settings.problems.addAll(problemsOfOthers);
        settings.checkNetworks();
        settings.problems.addAll(AuditSettings.problems(settings::value));
        if (!settings.problems.isEmpty()) {
            throw new SettingsException(settings.problems);
        }
    }

    private void checkConnection() {
        boolean hasTokenUrl = option("token-source")
                .or(() -> option("oauth-profile"))
                .or(() -> option("token-url"))
                .isPresent();
        if (!hasTokenUrl
                || option("web-socket-url")
                        .or(() -> value("cxone.websocket-url"))
                        .isEmpty()) {
            requireOption("region", "us, eu, or the host of your CXone");
        }
        check("cxone.region", "us, eu, or a host name without scheme and path", text -> Region.of(text) != null);
        checkUrl("cxone.token-url", "https", "http");
        checkUrl("cxone.websocket-url", "wss", "ws");
        if (option("token-source").isEmpty()) {
            checkCredentials();
        }
    }

    private void checkCredentials() {
        Optional<String> profile = option("oauth-profile");
        if (profile.isPresent()) {
            requireOfProfile(profile.get(), "client-id", "client-id");
            requireOfProfile(profile.get(), "client-secret", "client-secret");
            requireOfProfile(profile.get(), "token-endpoint", "token-url");
        } else {
            requireOption("client-id", "the id of the application that is registered with CXone");
            requireOption("client-secret", "its secret");
        }
        String grant = option("grant-type").orElse("client_credentials");
        if (grant.equals("password")) {
            requireOption("access-key-id", "the access key of a CXone user");
            requireOption("access-key-secret", "its secret");
        } else if (!grant.equals("client_credentials")) {
            problems.add("cxone.grant-type is '" + grant + "'. It is client_credentials or password.");
        }
    }

    private void checkServer() {
        checkReach("cxone.http-host");
        check("cxone.http-port", "a port from 1 to 65535", text -> {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= 65535;
        });
    }

    private void checkReach(String setting) {
        String host = value(setting).orElse("127.0.0.1");
        if (!isLoopback(host) && value("cxone.api-key").isEmpty()) {
            problems.add(setting + " is " + host + ", which others can reach, and cxone.api-key is not set. "
                    + howToSet("cxone.api-key") + " Or keep " + setting + " at 127.0.0.1.");
        }
    }

    private void checkSources() {
        Set<String> sources = Sources.names(value("cxone.sources").orElse(""));
        if (sources.contains("sql")) {
            require("cxone.source.sql.url", "the source sql needs a JDBC address");
        }
        if (sources.contains("poll")) {
            require("cxone.source.poll.url", "the source poll needs an http: or https: address");
        }
        if (sources.contains("websocket")) {
            checkReach("cxone.source.websocket.host");
        }
    }

    private void checkRules() {
        check("cxone.buffer-limit", "a whole number from 1", text -> Integer.parseInt(text) >= 1);
        check("cxone.relevance-threshold", "a number from 0 to 1", text -> {
            double threshold = Double.parseDouble(text);
            return threshold >= 0 && threshold <= 1;
        });
    }

    private void checkNetworks() {
        try {
            AddressRules.allowing(value("cxone.webhook.allowed-networks").orElse(""));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage() + ". The environment variable is CXONE_WEBHOOK_ALLOWED_NETWORKS.");
        }
    }

    private void checkUrl(String name, String scheme, String plainScheme) {
        value(name).ifPresent(text -> {
            try {
                SecureUri.require(name, URI.create(text), scheme, plainScheme);
            } catch (IllegalArgumentException e) {
                problems.add(name + " (" + environmentVariable(name) + ") has to be a " + scheme + ":// address, or "
                        + plainScheme + ":// on this machine.");
            }
        });
    }

    private void require(String name, String what) {
        if (value(name).isEmpty()) {
            problems.add(name + " is not set: " + what + ". " + howToSet(name));
        }
    }

    private void requireOption(String option, String what) {
        if (option(option).isEmpty()) {
            require("cxone." + option, what);
        }
    }

    private void requireOfProfile(String profile, String property, String option) {
        if (option(option).isEmpty()) {
            require("camel.oauth." + profile + "." + property, "the profile " + profile + " needs it");
        }
    }

    private void check(String name, String what, Predicate<String> rule) {
        value(name).ifPresent(text -> {
            boolean good;
            try {
                good = rule.test(text);
            } catch (IllegalArgumentException e) {
                good = false;
            }
            if (!good) {
                problems.add(name + " is '" + text + "'. It has to be " + what + ".");
            }
        });
    }

    /** The component's own property has the last word; the setting is only its default. */
    private Optional<String> option(String option) {
        return value("camel.component.cxone-assist." + option)
                .or(() -> value("camel.component.cxone-assist." + StringHelper.dashToCamelCase(option)))
                .or(() -> value("cxone." + option));
    }

    private Optional<String> value(String name) {
        return lookup.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static String howToSet(String name) {
        return "Set the environment variable " + environmentVariable(name) + ", or " + name
                + " in the file given with --config.";
    }

    static String environmentVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
