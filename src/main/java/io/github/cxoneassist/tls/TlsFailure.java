package io.github.cxoneassist.tls;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Why TLS failed, in the words of an operator: what is wrong, and what to do. Pure. */
public final class TlsFailure {

    // the JDK tells a wrong name by the words only; both have been the same since its first TLS
    private static final Pattern WRONG_NAME = Pattern.compile("No (name matching|subject alternative) .*");
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)");
    private static final Pattern ABOUT_OUR_CERTIFICATE =
            Pattern.compile("(bad|unsupported)_certificate|certificate_.*|unknown_ca|access_denied");
    private static final Pattern NO_TLS = Pattern.compile("(?s).*(unrecognized SSL message|not an SSL/TLS record).*");
    private static final int LONGEST = 200;

    private final List<Throwable> chain = new ArrayList<>();
    private final String host;

    private TlsFailure(Throwable failure, String host) {
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        this.host = host;
    }

    /**
     * @param host of the server, for the words
     * @return empty where the failure has nothing to do with TLS
     */
    public static Optional<String> explain(Throwable failure, String host) {
        TlsFailure tls = new TlsFailure(failure, host);
        return tls.ofCertificate().or(tls::ofHandshake);
    }

    private Optional<String> ofCertificate() {
        if (latest(CertificateExpiredException.class).isPresent()) {
            return certificate("has expired, or that of its issuer has (" + deepest()
                    + "): it has to be renewed there; is the clock of this machine right?");
        }
        if (latest(CertificateNotYetValidException.class).isPresent()) {
            return certificate("is not valid yet, or that of its issuer is not (" + deepest()
                    + "): is the clock of this machine right?");
        }
        if (latest(CertPathBuilderException.class).isPresent()) {
            return certificate("is not trusted: put its issuer into the trust store (sslContextParameters, else the"
                    + " JVM's own)");
        }
        if (latest(InvalidAlgorithmParameterException.class).isPresent()) {
            return certificate("is not trusted: the trust store holds no certificate to trust (an issuer has to be in"
                    + " it as a trusted certificate, not as a key)");
        }
        Optional<CertificateException> certificate = latest(CertificateException.class);
        if (certificate.filter(e -> words(e).matches(WRONG_NAME.pattern())).isPresent()) {
            return certificate("is not for this host (" + words(certificate.get())
                    + "): check the URL; else it needs one with this name");
        }
        boolean refused = certificate.isPresent()
                || latest(CertPathValidatorException.class).isPresent();
        return refused ? certificate("was refused: " + deepest()) : Optional.empty();
    }

    private Optional<String> ofHandshake() {
        Optional<SSLException> latest = latest(SSLException.class);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        String words = words(latest.get());
        Matcher alert = ALERT.matcher(words);
        if (alert.find()) {
            return Optional.of(ofAlert(alert.group(1)));
        }
        if (NO_TLS.matcher(words).matches()) {
            return Optional.of(host + " does not speak TLS on this port: check the URL");
        }
        if (latest(EOFException.class).isPresent()
                || latest(ClosedChannelException.class).isPresent()) {
            return Optional.of(host + " ended the connection during the TLS handshake");
        }
        return Optional.of("TLS with " + host + " failed: " + words);
    }

    private String ofAlert(String alert) {
        return ABOUT_OUR_CERTIFICATE.matcher(alert).matches()
                ? host + " misses or refuses our client certificate (alert " + alert
                        + "): put one that it accepts into the key store (sslContextParameters)"
                : host + " refused the TLS handshake (alert " + alert
                        + "): no TLS version or cipher suite in common, or it wants a client certificate"
                        + " (sslContextParameters)";
    }

    private Optional<String> certificate(String isWrong) {
        return Optional.of("the certificate of " + host + " " + isWrong);
    }

    /** The one nearest to the cause. */
    private <T extends Throwable> Optional<T> latest(Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).reduce((outer, inner) -> inner);
    }

    private String deepest() {
        return words(chain.get(chain.size() - 1));
    }

    private static String words(Throwable failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        // a certificate is written by somebody else, and so is what is quoted of it
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
