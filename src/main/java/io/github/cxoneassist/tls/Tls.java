package io.github.cxoneassist.tls;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/** What a session and its token requests go by when nobody gave them a context for TLS. */
public final class Tls {

    private Tls() {}

    /**
     * The JVM's own: the trust store that comes with it or that {@code javax.net.ssl.trustStore} names, or the context
     * that the application set as the default.
     *
     * @throws IllegalStateException if the system properties name a store that cannot be read
     */
    public static SSLContext ofJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "The JVM's trust store or key store cannot be read; check the system properties javax.net.ssl.*",
                    e);
        }
    }
}
