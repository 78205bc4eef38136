package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.pipeline.AuditSettings;
import io.github.cxoneassist.pipeline.WebhookSettings;
import io.github.cxoneassist.webhook.AddressRules;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** The settings of {@code run}, for a command that does not run it. Only those of the audit log and of webhooks are looked at. */
final class CommandSettings {

    private static final List<String> DATABASE = List.of(
            "cxone.database-url",
            "cxone.database-user",
            "cxone.database-password",
            "cxone.database-migrate-user",
            "cxone.database-migrate-password");

    private final Map<String, String> values = new HashMap<>();
    private final AuditSettings audit;
    private final SubscriberSettings subscribers;
    private final boolean httpToLoopback;
    private final String networks;

    /** @throws SettingsException naming each setting that is wrong */
    CommandSettings(Path home, Path config) {
        ConfigurationFiles files =
                new ConfigurationFiles(home, "production", config == null ? List.of() : List.of(config));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PropertiesComponent properties = AssistApplication.properties(context);
            properties.setLocation(files.locations());
            Properties environment = new Properties();
            environment.putAll(files.environment());
            properties.setOverrideProperties(environment);
            context.build();
            for (String name : DATABASE) {
                properties.resolveProperty(name).ifPresent(value -> values.put(name, value.strip()));
            }
            List<String> problems = AuditSettings.problems(properties::resolveProperty);
            if (!problems.isEmpty()) {
                throw new SettingsException(problems);
            }
            audit = AuditSettings.of(properties::resolveProperty);
            subscribers = WebhookSettings.subscribers(properties);
            httpToLoopback = WebhookSettings.httpToLoopback(properties);
            networks = WebhookSettings.allowedNetworks(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                value("cxone.database-url").orElseThrow(),
                value("cxone.database-user").orElse(null),
                value("cxone.database-password").orElse(null),
                value("cxone.database-migrate-user").orElse(null),
                value("cxone.database-migrate-password").orElse(null));
    }

    AuditSettings audit() {
        return audit;
    }

    /** @throws SettingsException naming each setting of them that is wrong */
    List<Subscriber> subscribers() {
        if (!subscribers.problems().isEmpty()) {
            throw new SettingsException(subscribers.problems());
        }
        return subscribers.subscribers();
    }

    boolean httpToLoopback() {
        return httpToLoopback;
    }

    /** @throws IllegalArgumentException names the setting and what is wrong with it */
    AddressRules subscriberNetworks() {
        return AddressRules.allowing(networks);
    }

    /** The file of the default anchor; empty where another one is set. */
    Optional<Path> anchorFile() {
        return audit.anchor() == null
                ? Optional.of(AuditSettings.defaultAnchorFile(database().url()))
                : Optional.empty();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }
}
