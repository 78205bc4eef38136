package io.github.cxoneassist.oauth;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The rule for every address that receives a secret: TLS, or this machine. */
public final class SecureUri {

    // literals only: a name such as 127.0.0.1.example.com may resolve to anything
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private SecureUri() {}

    /**
     * Refuses what could send a token to the wrong place or what an HTTP client would choke on.
     *
     * @param setting how the user calls the value, for the message
     * @param scheme the scheme over TLS, allowed for any host
     * @param plainScheme the scheme without, allowed for a loopback host
     * @throws IllegalArgumentException says what is wrong and how to put it right
     */
    public static URI require(String setting, URI uri, String scheme, String plainScheme) {
        Objects.requireNonNull(uri, () -> setting + " is missing");
        if (uri.getHost() == null || uri.isOpaque()) {
            throw refused(setting, uri, "has no host name; write " + scheme + "://host/path");
        }
        String given = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!given.equals(scheme) && !given.equals(plainScheme)) {
            throw refused(setting, uri, "must start with " + scheme + "://");
        }
        if (given.equals(plainScheme) && !isLoopback(uri.getHost())) {
            throw refused(
                    setting,
                    uri,
                    "would send secrets unencrypted; use " + scheme + ":// (" + plainScheme
                            + ":// is for localhost only)");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(setting + " must not carry a user name or password before the host");
        }
        if (uri.getRawFragment() != null) {
            throw refused(setting, uri, "must not have a #fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw refused(setting, uri, "has a port outside 1 to 65535");
        }
        if (!uri.toString().equals(uri.toASCIIString())) {
            throw refused(setting, uri, "must be ASCII; percent-encode the rest");
        }
        return uri;
    }

    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static IllegalArgumentException refused(String setting, URI uri, String why) {
        // a query may hold a key: name the address without it
        return new IllegalArgumentException(setting + " " + uri.getScheme() + "://" + uri.getHost() + " " + why);
    }
}
