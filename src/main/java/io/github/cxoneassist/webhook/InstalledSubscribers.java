package io.github.cxoneassist.webhook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those of the settings, which stay as they are, and those of the database. Thread-safe. */
public final class InstalledSubscribers implements SubscriberSource {

    private static final Logger LOG = LoggerFactory.getLogger(InstalledSubscribers.class);

    private final List<Subscriber> ofSettings;
    private final SubscriberSource database;
    private final Set<String> names;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public InstalledSubscribers(List<Subscriber> ofSettings, SubscriberSource database) {
        this.ofSettings = List.copyOf(ofSettings);
        this.database = Objects.requireNonNull(database, "database");
        this.names = ofSettings.stream().map(Subscriber::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * For the start, where somebody reads what is wrong.
     *
     * @throws IllegalArgumentException where a name stands in the settings and in the database
     */
    public void requireUniqueNames() {
        Set<String> both = new HashSet<>(names);
        both.retainAll(database.subscribers().stream().map(Subscriber::name).toList());
        if (!both.isEmpty()) {
            throw new IllegalArgumentException(both.stream()
                    .sorted()
                    .map(name -> "the webhook subscriber " + name + " stands in the settings ("
                            + SubscriberSettings.PREFIX
                            + name + ") and in the database: give one of them another name, or remove the latter with"
                            + " cxone-assist webhooks remove " + name)
                    .collect(Collectors.joining("; ")));
        }
    }

    /** Of two with one name, which can only come about while the application runs, the one of the settings counts. */
    @Override
    public List<Subscriber> subscribers() {
        List<Subscriber> all = new ArrayList<>(ofSettings);
        for (Subscriber stored : database.subscribers()) {
            if (!names.contains(stored.name())) {
                all.add(stored);
            } else if (told.add(stored.name())) {
                LOG.error(
                        "The webhook subscriber {} of the database is told nothing: one of the settings has its name",
                        stored.name());
            }
        }
        return List.copyOf(all);
    }
}
