package io.github.cxoneassist.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that hashes of rows are made with (HMAC-SHA-256), so that nobody without it can make one that fits. */
public final class ChainKey {
    /** Shorter ones could be guessed. */
    public static final int MIN_BYTES = 32;

    static final int ID_DIGITS = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] ID_PREFIX = "cxone-assist-chain-key".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec secret;
    private final String id;

    public ChainKey(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a chain key has at least " + MIN_BYTES + " bytes, this one has " + bytes.length);
        }
        secret = new SecretKeySpec(bytes, ALGORITHM);
        MessageDigest digest = Sha256.digest();
        digest.update(ID_PREFIX);
        id = HexFormat.of().formatHex(digest.digest(bytes)).substring(0, ID_DIGITS);
    }

    /** The first 16 hex digits of the SHA-256 over {@code cxone-assist-chain-key} and the key: tells nothing of it. */
    public String id() {
        return id;
    }

    String hmac(byte[] data) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "ChainKey[" + id + "]";
    }
}
