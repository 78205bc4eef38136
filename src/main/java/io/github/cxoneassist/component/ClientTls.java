package io.github.cxoneassist.component;

import io.github.cxoneassist.tls.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Camel's description of TLS as the context that the session and its token requests dial with. */
final class ClientTls {

    private ClientTls() {}

    /**
     * Reads the stores, each time anew.
     *
     * @param parameters null for the JVM's own trust store
     * @throws IllegalArgumentException says what cannot be read
     */
    static SSLContext context(String name, SSLContextParameters parameters, CamelContext camelContext) {
        if (parameters == null) {
            return Tls.ofJvm();
        }
        try {
            return parameters.createSSLContext(camelContext);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // a root without a cause, because that is the one of which a failed start tells
            IllegalArgumentException failure = new IllegalArgumentException("cxone-assist:" + name
                    + " cannot use its sslContextParameters: " + e.getMessage()
                    + ". Check file, type and password of the key store and the trust store.");
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
