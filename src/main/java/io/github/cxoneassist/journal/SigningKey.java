package io.github.cxoneassist.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** An Ed25519 key that signs checkpoints. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String id;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.id = PublicKeys.id(publicKey);
    }

    /**
     * The key of a PKCS#8 PEM file, as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @throws IllegalArgumentException with the file, and never with what is in it
     */
    public static SigningKey read(Path file) {
        byte[] der = Pem.blocks(file, "PRIVATE KEY").get(0);
        try {
            PrivateKey privateKey = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(der));
            SigningKey key = new SigningKey(privateKey, publicOf(privateKey));
            byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
            if (!PublicKeys.verifies(key.publicKey, probe, key.sign(probe))) {
                throw new IllegalStateException("this Java platform does not derive Ed25519 public keys");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the key file " + file + " holds no Ed25519 key: make one with openssl genpkey -algorithm ed25519");
        }
    }

    /**
     * The platform has no call for it, but its generator makes the public key of whatever 32 random bytes it is given: the
     * private key is those bytes.
     */
    private static PublicKey publicOf(PrivateKey privateKey) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) privateKey)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key does not show itself"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        return generator.generateKeyPair().getPublic();
    }

    /** The first 16 hex digits of the SHA-256 over the public key's SubjectPublicKeyInfo. */
    public String id() {
        return id;
    }

    /** What verifiers need, as a PEM file. */
    public String publicPem() {
        return Pem.of("PUBLIC KEY", publicKey.getEncoded());
    }

    PublicKey publicKey() {
        return publicKey;
    }

    String sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(data);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint could not be signed", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
