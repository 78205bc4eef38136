package io.github.cxoneassist.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What has to be true of a subscriber, wherever it is written. Each rule throws an {@link IllegalArgumentException} whose
 * message begins with a verb, so that whoever asks puts before it what it calls the value, and never shows a secret, a query
 * or a user.
 */
public final class SubscriberRules {

    /** The event of a delivery that was given up. */
    private static final String OF_WEBHOOKS = "webhook_failed";

    /** The events that commands record in the operators' own chain: subscribers are told of the application's. */
    private static final Set<String> OF_OPERATORS = Set.of("archived", "legal_hold_set", "legal_hold_released");

    private static final int MOST_PARALLEL = 64;
    private static final int MOST_HEADER_CHARACTERS = 4096;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ENDPOINT = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S.*");
    /** Every scheme with http in its name, as netty-http has it. */
    private static final Pattern NAMED_HTTP = Pattern.compile("(?:[a-z0-9]+-)*https?(?:-[a-z0-9]+)*");

    /**
     * The others that speak HTTP. A guard against accidents, not against whoever writes settings: those name any class and any
     * route, and a component that is not here, or is under another name, is taken.
     */
    static final Set<String> HTTP_SCHEMES = Set.of(
            "atmosphere-websocket",
            "cxf",
            "cxfrs",
            "graphql",
            "jetty",
            "knative",
            "rest",
            "rest-api",
            "rest-openapi",
            "servlet",
            "spring-ws",
            "undertow",
            "vertx-websocket");

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");
    private static final Set<String> OUR_HEADERS = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private SubscriberRules() {}

    public static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "has to be 1 to 63 lower case letters, digits and hyphens, with none of the latter at its ends");
        }
        return text;
    }

    /** @param httpToLoopback whether plain http is taken for the own machine */
    public static Target.Url url(String text, boolean httpToLoopback) {
        SubscriberUrl.parse(text.strip(), httpToLoopback);
        return new Target.Url(URI.create(text.strip()));
    }

    static Target.Endpoint endpoint(String text) {
        String uri = text.strip();
        if (!ENDPOINT.matcher(uri).matches()) {
            throw wrong("is not the URI of a Camel endpoint, as in kafka:decisions?brokers=kafka.example.com:9092");
        }
        String scheme = uri.substring(0, uri.indexOf(':')).toLowerCase(Locale.ROOT);
        if (HTTP_SCHEMES.contains(scheme) || NAMED_HTTP.matcher(scheme).matches()) {
            throw wrong(
                    "is an HTTP endpoint, which would be signed for nobody and whose address nobody checks: give its"
                            + " address as url");
        }
        return new Target.Endpoint(uri);
    }

    /** @param known wire names of the journal */
    public static Set<String> events(String separatedByCommas, Set<String> known) {
        Set<String> events = new LinkedHashSet<>();
        for (String part : separatedByCommas.split(",")) {
            String event = part.strip();
            if (event.equals(OF_WEBHOOKS)) {
                throw wrong("names " + OF_WEBHOOKS
                        + ", and a subscriber that fails would be told so, and fail, and be told so, for ever");
            }
            if (OF_OPERATORS.contains(event)) {
                throw wrong(
                        "names " + event + ", which operators' commands record in a log of their own, beside the one"
                                + " that subscribers are told of");
            }
            if (!event.isEmpty() && !known.contains(event)) {
                throw wrong("names " + printable(event) + ", which is no event of the audit log. These are: "
                        + String.join(", ", subscribable(known)));
            }
            if (!event.isEmpty()) {
                events.add(event);
            }
        }
        if (events.isEmpty()) {
            throw wrong("names no event, such as accepted");
        }
        return events;
    }

    /** Newest first, separated by blanks or commas. */
    public static List<String> secrets(String text) {
        List<String> secrets = Arrays.stream(text.strip().split("[\\s,]+"))
                .filter(secret -> !secret.isEmpty())
                .toList();
        secrets.forEach(WebhookSecret::parse);
        if (secrets.size() > 2) {
            throw wrong("holds more than two secrets: the one in use, and the one before it");
        }
        return secrets;
    }

    public static void header(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER_NAME.matcher(name).matches()) {
            throw wrong("is not the name of a header");
        }
        if (lower.startsWith("webhook-") || OUR_HEADERS.contains(lower)) {
            throw wrong("is a header that each delivery has of its own");
        }
        if (!HEADER_VALUE.matcher(value).matches() || value.length() > MOST_HEADER_CHARACTERS) {
            throw wrong("has to be printable ASCII, " + MOST_HEADER_CHARACTERS + " characters at most");
        }
    }

    public static int parallel(String text) {
        try {
            int parallel = Integer.parseInt(text.strip());
            if (parallel >= 1 && parallel <= MOST_PARALLEL) {
                return parallel;
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw wrong("has to be a whole number from 1 to " + MOST_PARALLEL);
    }

    static boolean truth(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("has to be true or false");
        };
    }

    private static Set<String> subscribable(Set<String> known) {
        Set<String> names = new TreeSet<>(known);
        names.remove(OF_WEBHOOKS);
        names.removeAll(OF_OPERATORS);
        return names;
    }

    private static String printable(String text) {
        return "'" + text.replaceAll("[^\\x20-\\x7e]", "?") + "'";
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }
}
