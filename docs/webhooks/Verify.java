import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies webhooks of CXone Agent Assist with nothing but the JDK. To try it: java Verify.java KEY ID TIMESTAMP SIGNATURE < body */
public final class Verify {

    private static final long TOLERANCE_SECONDS = 300;

    private Verify() {}

    /**
     * @param key your secret, whsec_…, or the public key that you were given, whpk_…
     * @param id the header webhook-id; null for a header that is missing
     * @param timestamp the header webhook-timestamp
     * @param signatures the header webhook-signature: one or several, of which one has to be right
     * @param body the request's bytes as they came, before anything has parsed them
     */
    public static boolean isGenuine(String key, String id, String timestamp, String signatures, byte[] body, Instant now)
            throws GeneralSecurityException {
        if (id == null || timestamp == null || signatures == null) {
            return false;
        }
        // an old delivery that somebody recorded is not repeated
        if (!timestamp.matches("\\d{1,12}")
                || Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            return false;
        }
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        for (String part : signatures.split(" ")) {
            String[] versionAndValue = part.split(",", 2);
            if (versionAndValue.length == 2 && matches(key, content, versionAndValue[0], versionAndValue[1])) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String key, byte[] content, String version, String base64)
            throws GeneralSecurityException {
        byte[] given;
        try {
            given = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (key.startsWith("whsec_") && version.equals("v1")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.substring(6)), "HmacSHA256"));
            // takes as long for a wrong one as for a right one
            return MessageDigest.isEqual(mac.doFinal(content), given);
        }
        if (key.startsWith("whpk_") && version.equals("v1a") && given.length == 64) {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(publicKey(Base64.getDecoder().decode(key.substring(5))));
            signature.update(content);
            return signature.verify(given);
        }
        return false;
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        // X.509's words for "Ed25519", then the key itself
        byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    public static void main(String[] args) throws Exception {
        byte[] body = System.in.readAllBytes();
        boolean genuine = isGenuine(args[0], args[1], args[2], args[3], body, Instant.now());
        System.out.println(genuine ? "genuine" : "not genuine");
        System.exit(genuine ? 0 : 1);
    }
}
