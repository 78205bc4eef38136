package io.github.cxoneassist.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads subscribers from the settings. Its errors name the setting and never show a secret, a query or a user. */
public final class Subscribers {

    private static final String URLS = "cxone.webhook-urls";
    private static final String SECRET = "cxone.webhook-secret";
    private static final String SECRET_PREFIX = "whsec_";
    private static final int LEAST_KEY_BYTES = 24;
    private static final int MOST_KEY_BYTES = 64;
    private static final int ID_BYTES = 8;

    private Subscribers() {}

    /**
     * The subscribers in the order of the setting; none for an empty one, which needs no secret then.
     *
     * @param commaSeparatedUrls absolute https URLs; a comma within one is written %2C
     * @param secret {@code whsec_} and the Base64 of 24 to 64 bytes
     * @param httpToLoopback whether plain http to the own machine is taken too
     * @throws IllegalArgumentException saying which setting is wrong and what it should be
     */
    public static List<Subscriber> parse(String commaSeparatedUrls, String secret, boolean httpToLoopback) {
        if (commaSeparatedUrls == null || commaSeparatedUrls.isBlank()) {
            return List.of();
        }
        String checkedSecret = checkSecret(secret);
        Map<String, Subscriber> subscribers = new LinkedHashMap<>();
        String[] entries = commaSeparatedUrls.split(",", -1);
        for (int i = 0; i < entries.length; i++) {
            String entry = entries[i].strip();
            if (entry.isEmpty()) {
                continue;
            }
            URI url = checkUrl(entry, i + 1, httpToLoopback);
            Subscriber subscriber = Subscriber.of(idOf(url), new Target.Url(url), checkedSecret);
            if (subscribers.putIfAbsent(canonical(url), subscriber) != null) {
                throw wrongUrl(
                        i + 1, "repeats an earlier one (" + subscriber.target().shown() + "): name each URL once");
            }
        }
        return List.copyOf(subscribers.values());
    }

    private static URI checkUrl(String entry, int position, boolean httpToLoopback) {
        try {
            SubscriberUrl.parse(entry, httpToLoopback);
        } catch (IllegalArgumentException e) {
            throw wrongUrl(position, e.getMessage());
        }
        return URI.create(entry);
    }

    private static String checkSecret(String secret) {
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException(SECRET + " is missing, but " + URLS + " names subscribers: set it to "
                    + SECRET_PREFIX + " and the Base64 of 24 to 64 random bytes");
        }
        String stripped = secret.strip();
        if (!stripped.startsWith(SECRET_PREFIX) || !isKey(stripped.substring(SECRET_PREFIX.length()))) {
            throw new IllegalArgumentException(
                    SECRET + " must be " + SECRET_PREFIX + " and the Base64 of 24 to 64 random bytes");
        }
        return stripped;
    }

    private static boolean isKey(String base64) {
        try {
            int length = Base64.getDecoder().decode(base64).length;
            return length >= LEAST_KEY_BYTES && length <= MOST_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One spelling of what leads to the same place. */
    private static String canonical(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int defaultPort = scheme.equals("https") ? 443 : 80;
        int port = url.getPort() == -1 ? defaultPort : url.getPort();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port + path + query;
    }

    private static String idOf(URI url) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(canonical(url).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static IllegalArgumentException wrongUrl(int position, String what) {
        return new IllegalArgumentException(URLS + ": entry " + position + " " + what);
    }
}
