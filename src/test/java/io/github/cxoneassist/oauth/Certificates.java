package io.github.cxoneassist.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority that no JVM knows, and what it signed: made once by the JDK's own tool, and read by everybody. */
public enum Certificates {
    /** For 127.0.0.1 and localhost. */
    SERVER("-ext", "san=ip:127.0.0.1,dns:localhost"),
    /** For another host than the one that the tests dial. */
    WRONG_HOST("-ext", "san=dns:cxone.example"),
    EXPIRED("-ext", "san=ip:127.0.0.1,dns:localhost", "-startdate", "-10d", "-validity", "5"),
    NOT_YET_VALID("-ext", "san=ip:127.0.0.1,dns:localhost", "-startdate", "+10d"),
    CLIENT();

    public static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final Path FOLDER = make();

    private final List<String> options;

    Certificates(String... options) {
        this.options = List.of(options);
    }

    /** The certificate with its key, as PKCS12 under {@link #PASSWORD}. */
    public Path keyStore() {
        return FOLDER.resolve(name() + ".p12");
    }

    /** The authority, and nothing else, as PKCS12 under {@link #PASSWORD}. */
    public static Path trustStore() {
        return FOLDER.resolve("trust.p12");
    }

    /** One that holds nothing. */
    public static Path emptyStore() {
        return FOLDER.resolve("empty.p12");
    }

    /** Trusts the authority and shows no certificate. */
    public static SSLContext trusting() {
        return context(null, trustStore());
    }

    /**
     * @param keyStore null to show no certificate
     * @param trustStore null for the JVM's own
     */
    public static SSLContext context(Path keyStore, Path trustStore) {
        try {
            KeyManagerFactory keys = null;
            if (keyStore != null) {
                keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(read(keyStore), PASSWORD.toCharArray());
            }
            TrustManagerFactory trust = null;
            if (trustStore != null) {
                trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(read(trustStore));
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path make() {
        try {
            Path folder = Files.createTempDirectory("certificates");
            Path all = folder.resolve("all.p12");
            keytool(all, AUTHORITY, List.of("-ext", "bc:c"));
            KeyStore made = read(all);
            write(folder.resolve("empty.p12"), empty());
            KeyStore trust = empty();
            trust.setCertificateEntry(AUTHORITY, made.getCertificate(AUTHORITY));
            write(folder.resolve("trust.p12"), trust);
            for (Certificates certificate : values()) {
                List<String> signed = new ArrayList<>(certificate.options);
                signed.addAll(List.of("-signer", AUTHORITY));
                keytool(all, certificate.name(), signed);
            }
            made = read(all);
            for (Certificates certificate : values()) {
                KeyStore own = empty();
                own.setKeyEntry(
                        certificate.name(),
                        made.getKey(certificate.name(), PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        made.getCertificateChain(certificate.name()));
                write(folder.resolve(certificate.name() + ".p12"), own);
            }
            try (var files = Files.list(folder)) {
                // in the opposite order of the registration: the folder is empty when its turn comes
                folder.toFile().deleteOnExit();
                files.forEach(file -> file.toFile().deleteOnExit());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String alias, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(Path file, KeyStore store) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
