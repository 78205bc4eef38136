package io.github.cxoneassist.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Ed25519 keys whose signatures a verifier believes. */
public final class PublicKeys {
    public static final PublicKeys NONE = new PublicKeys(List.of());

    private static final String ALGORITHM = "Ed25519";

    private final Map<String, PublicKey> keys = new LinkedHashMap<>();
    private final boolean all;

    public PublicKeys(Collection<PublicKey> keys) {
        this(keys, true);
    }

    private PublicKeys(Collection<PublicKey> keys, boolean all) {
        keys.forEach(key -> this.keys.put(id(key), key));
        this.all = all;
    }

    /** The same where nobody has said that no others signed: what is of another key cannot be checked, and that is all. */
    public PublicKeys amongOthers() {
        return new PublicKeys(keys.values(), false);
    }

    /** These and those. */
    public PublicKeys with(PublicKeys others) {
        Map<String, PublicKey> both = new LinkedHashMap<>(keys);
        both.putAll(others.keys);
        return new PublicKeys(both.values(), all && others.all);
    }

    /** Whether a signature of this key cannot be checked, and need not be wrong for it. */
    boolean leavesOpen(String id) {
        return !all && id != null && !knows(id);
    }

    /**
     * The keys of a PEM file, one after the other where a key was changed.
     *
     * @throws IllegalArgumentException with the file
     */
    public static PublicKeys read(Path file) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (byte[] der : Pem.blocks(file, "PUBLIC KEY")) {
            try {
                PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
                keys.put(id(key), key);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("the key file " + file + " holds a key that is not Ed25519", e);
            }
        }
        return new PublicKeys(keys.values());
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean knows(String id) {
        return keys.containsKey(id);
    }

    /** Whether the checkpoint is signed by the key that it names, which has to be one of these. */
    public boolean signed(Checkpoint checkpoint) {
        return checkpoint.signature() != null
                && signed(
                        checkpoint.keyId(),
                        checkpoint.canonical().getBytes(StandardCharsets.UTF_8),
                        checkpoint.signature());
    }

    boolean signed(String keyId, byte[] data, String signature) {
        PublicKey key = keys.get(keyId);
        return key != null && verifies(key, data, signature);
    }

    /** The one that belongs to a signing key. */
    public static PublicKeys of(SigningKey key) {
        return new PublicKeys(List.of(key.publicKey()));
    }

    static String id(PublicKey key) {
        return Sha256.hex(key.getEncoded()).substring(0, ChainKey.ID_DIGITS);
    }

    static boolean verifies(PublicKey key, byte[] data, String base64) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // not even the form of a signature
            return false;
        }
    }

    @Override
    public String toString() {
        return "PublicKeys" + keys.keySet();
    }
}
