package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is told about events of the audit log. What stands here is checked by whoever makes it.
 *
 * @param name its own, in the installation: lower case letters, digits and hyphens; fit for logs, metrics and the cursor's key
 * @param events wire names of the journal, such as {@code accepted}
 * @param secrets newest first: {@code whsec_} for {@code v1}, {@code whsk_} for {@code v1a}. Two while the subscriber changes
 *     over; none where the target is an endpoint that nobody has to trust
 * @param headers sent with each delivery, beside those of the signature; may be secret
 * @param paused whether its events wait
 * @param withText whether the text of a suggestion is sent along
 * @param parallel how many interactions may be under way to it at once; 1 for the order of the log,
 *     which what fails leaves all the same
 */
public record Subscriber(
        String name,
        Target target,
        Set<String> events,
        List<String> secrets,
        Map<String, String> headers,
        boolean paused,
        boolean withText,
        int parallel) {

    /** What agents decided. */
    public static final Set<String> DECISIONS = Set.of("accepted", "dismissed");

    public static final int DEFAULT_PARALLEL = 4;

    public Subscriber {
        events = Set.copyOf(events);
        secrets = List.copyOf(secrets);
        headers = Map.copyOf(headers);
    }

    /** One with all the defaults. */
    public static Subscriber of(String name, Target target, String secret) {
        return new Subscriber(name, target, DECISIONS, List.of(secret), Map.of(), false, false, DEFAULT_PARALLEL);
    }

    /** Without anything secret. */
    @Override
    public String toString() {
        return "Subscriber[" + name + ", " + target.shown() + "]";
    }
}
