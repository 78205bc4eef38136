package io.github.cxoneassist.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A CXone region: the host that receives client secrets and bearer tokens, hence checked strictly.
 *
 * @param host host name, or host:port, in lower case
 */
public record Region(String host) {

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*(?::[1-9][0-9]{0,4})?");
    private static final int LONGEST_HOST = 253 + ":65535".length();

    public Region {
        if (host == null || host.length() > LONGEST_HOST || !HOST.matcher(host).matches() || !isServer(host)) {
            throw new IllegalArgumentException("Region must be 'us', 'eu' or a host name such as api.example.com or"
                    + " api.example.com:8443, without scheme, path or user");
        }
    }

    /** @param name {@code us}, {@code eu}, or the host of any other region */
    public static Region of(String name) {
        String lower = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "us" -> new Region("api.niceincontact.com");
            case "eu" -> new Region("api.nicecxone.com");
            default -> new Region(lower);
        };
    }

    public URI tokenUrl() {
        return URI.create("https://" + host + "/oauth2/token");
    }

    public URI webSocketUrl() {
        return URI.create("wss://" + host + "/ws/v1");
    }

    // catches what the pattern lets through, such as 999.1.1.1 and port 70000
    private static boolean isServer(String host) {
        try {
            URI uri = new URI("https://" + host).parseServerAuthority();
            return uri.getHost() != null && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
