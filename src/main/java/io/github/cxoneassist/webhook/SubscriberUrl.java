package io.github.cxoneassist.webhook;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL that may be called as far as its form goes: which addresses may be is up to {@link AddressRules}. Pure: no name is
 * looked up.
 *
 * @param tls false for a name or address of the own machine alone
 * @param host in small letters; of an IPv6 address without the brackets
 * @param target path and query, as the first line of a request has them; the query may be secret
 * @param literal the host where that is an address, empty where it is a name
 */
record SubscriberUrl(boolean tls, String host, int port, String target, Optional<InetAddress> literal) {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int HIGHEST_PORT = 65_535;
    // what browsers and C libraries take for an IPv4 address: 127.1, 0x7f.0.0.1, 017700000001, 2130706433
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * @param httpToLoopback whether plain http is taken for the own machine
     * @throws IllegalArgumentException says what is wrong, beginning with a verb, without showing any of it
     */
    static SubscriberUrl parse(String text, boolean httpToLoopback) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            // neither the exception nor its message goes on: both quote the whole URL, a token in it included
            throw refused("is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        return of(url, httpToLoopback);
    }

    static SubscriberUrl of(URI url, boolean httpToLoopback) {
        if (url.getScheme() == null || url.isOpaque() || url.getRawAuthority() == null) {
            throw refused("is not absolute: write it in full, as in https://kb.example.com/cxone");
        }
        if (url.getRawAuthority().contains("@")) {
            throw refused("carries a user or password, which ends up in logs: take them out");
        }
        if (url.getRawFragment() != null) {
            throw refused("has a fragment, which never leaves a client: take out the # and what follows it");
        }
        Optional<InetAddress> literal = literal(url);
        String host = literal.map(NetUtil::toAddressString).orElseGet(() -> name(url));
        boolean tls = url.getScheme().equalsIgnoreCase("https");
        if (!tls) {
            requireOwnMachine(url, host, literal, httpToLoopback);
        }
        int port = url.getPort();
        if (port == 0 || port > HIGHEST_PORT) {
            throw refused("has a port that is not between 1 and 65535");
        }
        String whole = url.toASCIIString();
        int path = whole.indexOf('/', whole.indexOf("//") + 2);
        int query = whole.indexOf('?');
        String target;
        if (path >= 0 && (query < 0 || path < query)) {
            target = whole.substring(path);
        } else {
            target = query < 0 ? "/" : "/" + whole.substring(query);
        }
        int ownPort = tls ? HTTPS_PORT : HTTP_PORT;
        return new SubscriberUrl(tls, host, port == -1 ? ownPort : port, target, literal);
    }

    /** As the header {@code Host} has it. */
    String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? HTTPS_PORT : HTTP_PORT) ? bracketed : bracketed + ":" + port;
    }

    /** Without path and query, which may be secret. */
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority();
    }

    private static Optional<InetAddress> literal(URI url) {
        // not what URI calls the host: it has none for 127.1, which others call
        String host = url.getRawAuthority().replaceFirst(":\\d*$", "");
        if (host.startsWith("[")) {
            String inner = host.substring(1, Math.max(1, host.length() - 1));
            if (inner.indexOf('%') >= 0) {
                throw refused("has an address with a zone, which means something on one machine only: write a name");
            }
            Optional<InetAddress> address = Network.literal(inner);
            if (url.getHost() == null || address.isEmpty()) {
                throw refused("has no valid host name");
            }
            return address;
        }
        if (!ENDS_IN_A_NUMBER.matcher(host).matches()) {
            return Optional.empty();
        }
        Optional<InetAddress> address = DOTTED_QUAD.matcher(host).matches() ? Network.literal(host) : Optional.empty();
        if (address.isEmpty()) {
            throw refused("has an address in a spelling that not everybody reads alike: write an IPv4 address as four"
                    + " decimal numbers from 0 to 255, without zeros in front");
        }
        return address;
    }

    private static String name(URI url) {
        String name = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            throw refused("has a host name with a dot at its end, which no certificate has: take it out");
        }
        if (!NAME.matcher(name).matches()) {
            throw refused("has no valid host name");
        }
        return name;
    }

    private static void requireOwnMachine(URI url, String host, Optional<InetAddress> literal, boolean httpToLoopback) {
        boolean loopback = literal.map(InetAddress::isLoopbackAddress).orElse(host.equals("localhost"));
        if (!url.getScheme().equalsIgnoreCase("http") || !loopback) {
            throw refused("is not https: plain http is taken for localhost, 127.0.0.1 and [::1] alone");
        }
        if (!httpToLoopback) {
            throw refused("is not https: plain http to the own machine is for the sandbox and for tests; there,"
                    + " cxone.webhook.http-to-loopback is true");
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(what);
    }
}
