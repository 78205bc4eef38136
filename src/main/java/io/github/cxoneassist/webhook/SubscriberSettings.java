package io.github.cxoneassist.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The subscribers of the settings, {@code cxone.webhook.subscribers.NAME.…}. All that is wrong is told at once, each by its
 * setting, and nothing secret with it.
 */
public final class SubscriberSettings {

    public static final String PREFIX = "cxone.webhook.subscribers.";

    private static final String HEADERS = "headers.";
    private static final Set<String> MEMBERS = new TreeSet<>(
            Set.of("url", "endpoint", "events", "secret", "secret-file", "paused", "with-text", "parallel"));

    private final Set<String> journalEvents;
    private final boolean httpToLoopback;
    private final List<String> problems = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    private SubscriberSettings(Set<String> journalEvents, boolean httpToLoopback) {
        this.journalEvents = journalEvents;
        this.httpToLoopback = httpToLoopback;
    }

    /**
     * Reads them, and the files that they name.
     *
     * @param settings by their full names; those without {@link #PREFIX} are not looked at, and a blank one is not set
     * @param journalEvents the wire names that there are
     * @param httpToLoopback whether plain http is taken for the own machine
     */
    public static SubscriberSettings read(
            Map<String, String> settings, Set<String> journalEvents, boolean httpToLoopback) {
        SubscriberSettings read = new SubscriberSettings(journalEvents, httpToLoopback);
        Map<String, Map<String, String>> byName = new TreeMap<>();
        new TreeMap<>(settings).forEach((setting, value) -> {
            if (setting.startsWith(PREFIX) && value != null && !value.isBlank()) {
                String[] parts = setting.substring(PREFIX.length()).split("\\.", 2);
                byName.computeIfAbsent(parts[0], name -> new TreeMap<>())
                        .put(parts.length == 2 ? parts[1] : "", value.strip());
            }
        });
        byName.forEach(read::one);
        return read;
    }

    /** In alphabetical order of their names; without those that something is wrong with. */
    public List<Subscriber> subscribers() {
        return List.copyOf(subscribers);
    }

    /** A sentence for each setting that is wrong; empty where all is well. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** @throws IllegalArgumentException names each setting that is wrong */
    public List<Subscriber> orElseThrow() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
        return subscribers();
    }

    private void one(String name, Map<String, String> members) {
        int before = problems.size();
        String prefix = PREFIX + name;
        check(prefix, () -> SubscriberRules.name(name));
        Map<String, String> headers = new LinkedHashMap<>();
        members.forEach((member, value) -> {
            if (member.startsWith(HEADERS)) {
                String header = member.substring(HEADERS.length());
                check(prefix + "." + member, () -> {
                    SubscriberRules.header(header, value);
                    return headers.put(header, value);
                });
            } else if (!MEMBERS.contains(member)) {
                problems.add(
                        prefix + (member.isEmpty() ? "" : "." + member) + " is no setting of a subscriber. These are: "
                                + String.join(", ", MEMBERS) + ", headers.NAME.");
            }
        });
        Target target = target(prefix, members);
        List<String> secrets = secrets(prefix, members);
        if (secrets.isEmpty() && target instanceof Target.Url && problems.size() == before) {
            problems.add(prefix + ".secret is not set: " + HmacSecret.FORM + ", or " + Ed25519Secret.FORM + ".");
        }
        Set<String> events = member(
                prefix, members, "events", text -> SubscriberRules.events(text, journalEvents), Subscriber.DECISIONS);
        boolean paused = member(prefix, members, "paused", SubscriberRules::truth, false);
        boolean withText = member(prefix, members, "with-text", SubscriberRules::truth, false);
        int parallel = member(prefix, members, "parallel", SubscriberRules::parallel, Subscriber.DEFAULT_PARALLEL);
        if (problems.size() == before) {
            subscribers.add(new Subscriber(name, target, events, secrets, headers, paused, withText, parallel));
        }
    }

    private Target target(String prefix, Map<String, String> members) {
        boolean hasUrl = members.containsKey("url");
        if (hasUrl == members.containsKey("endpoint")) {
            problems.add(prefix + (hasUrl ? " has a url and an endpoint: it is one of both." : ".url is not set."));
            return null;
        }
        return hasUrl
                ? member(prefix, members, "url", text -> SubscriberRules.url(text, httpToLoopback), null)
                : member(prefix, members, "endpoint", SubscriberRules::endpoint, null);
    }

    private List<String> secrets(String prefix, Map<String, String> members) {
        if (members.containsKey("secret") && members.containsKey("secret-file")) {
            problems.add(prefix + " has a secret and a secret-file: it is one of both.");
            return List.of();
        }
        return members.containsKey("secret")
                ? member(prefix, members, "secret", SubscriberRules::secrets, List.of())
                : member(prefix, members, "secret-file", SubscriberSettings::secretsOfFile, List.of());
    }

    private static List<String> secretsOfFile(String file) {
        String text;
        try {
            text = Files.readString(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("names a file that cannot be read: " + file);
        }
        List<String> secrets = SubscriberRules.secrets(text);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("names an empty file: " + file);
        }
        return secrets;
    }

    private <T> T member(
            String prefix, Map<String, String> members, String member, Function<String, T> rule, T otherwise) {
        String text = members.get(member);
        T value = text == null ? null : check(prefix + "." + member, () -> rule.apply(text));
        return value == null ? otherwise : value;
    }

    /** Null where it is wrong. */
    private <T> T check(String setting, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            problems.add(setting + " " + e.getMessage() + ".");
            return null;
        }
    }
}
