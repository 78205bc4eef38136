package io.github.cxoneassist.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A private key of ours, of which subscribers know the public one. */
final class Ed25519Secret implements WebhookSecret {

    static final String PREFIX = "whsk_";
    static final String PUBLIC_PREFIX = "whpk_";
    static final int KEY_BYTES = 32;
    static final String FORM = PREFIX + " and the Base64 of an Ed25519 key of " + KEY_BYTES + " bytes";

    private static final String ALGORITHM = "Ed25519";

    private final String text;
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private Ed25519Secret(String text, KeyPair pair) {
        this.text = text;
        this.privateKey = pair.getPrivate();
        // in X.509 the bytes of the key itself come last
        byte[] encoded = pair.getPublic().getEncoded();
        this.publicKey = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    static Ed25519Secret parse(String text) {
        byte[] seed;
        try {
            seed = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            seed = new byte[0];
        }
        if (seed.length != KEY_BYTES) {
            throw new IllegalArgumentException("has to be " + FORM);
        }
        return new Ed25519Secret(text, pair(seed));
    }

    /** Java has no way to the public key of a private one, but for a generator whose dice have fallen. */
    private static KeyPair pair(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(255, new LoadedDice(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java can't sign a webhook: it has no " + ALGORITHM, e);
        }
    }

    @Override
    public Scheme scheme() {
        return Scheme.V1A;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public Optional<String> publicKey() {
        return Optional.of(PUBLIC_PREFIX + Base64.getEncoder().encodeToString(publicKey));
    }

    @Override
    public String sign(String id, long timestamp, byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        content.writeBytes(body);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content.toByteArray());
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java can't sign a webhook: it has no " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }

    private static final class LoadedDice extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient byte[] bytes;

        LoadedDice(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
