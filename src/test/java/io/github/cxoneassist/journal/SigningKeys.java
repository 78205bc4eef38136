package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Fresh Ed25519 keys, read from real files as an operator's are. */
final class SigningKeys {
    private SigningKeys() {}

    static SigningKey fresh() {
        try {
            Path file = Files.createTempFile("signing-key", ".pem");
            try {
                Files.writeString(
                        file,
                        Pem.of(
                                "PRIVATE KEY",
                                KeyPairGenerator.getInstance("Ed25519")
                                        .generateKeyPair()
                                        .getPrivate()
                                        .getEncoded()));
                return SigningKey.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicKeys publicOf(SigningKey... keys) {
        return new PublicKeys(List.of(keys).stream().map(SigningKey::publicKey).toList());
    }
}
