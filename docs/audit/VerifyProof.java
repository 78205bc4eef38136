import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a proof of the command "audit prove" with nothing but SHA-256 and Ed25519 of the JDK (17 or newer):
 *
 *   java VerifyProof.java proof.json public-keys.pem
 *
 * What it checks is written down in README.md; the signature may be of any key in the file. Exit code 0 only when all of it
 * holds, 1 where something does not, 2 where it could not be looked at.
 */
public class VerifyProof {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----(.*?)-----END PUBLIC KEY-----", Pattern.DOTALL);

    public static void main(String[] args) {
        try {
            if (args.length != 2) {
                throw new IllegalArgumentException("usage: java VerifyProof.java proof.json public-keys.pem");
            }
            String text = Files.readString(Path.of(args[0]));
            System.exit(holds(text, keys(Files.readString(Path.of(args[1])))) ? 0 : 1);
        } catch (Exception e) {
            System.err.println(e instanceof IllegalArgumentException ? e.getMessage() : e.toString());
            System.exit(2);
        }
    }

    private static List<PublicKey> keys(String pem) throws Exception {
        List<PublicKey> keys = new ArrayList<>();
        for (Matcher block = PEM.matcher(pem); block.find(); ) {
            byte[] key = Base64.getMimeDecoder().decode(block.group(1));
            keys.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
        }
        require(!keys.isEmpty(), "there is no public key in the file of public keys");
        return keys;
    }

    private static boolean holds(String text, List<PublicKey> keys) throws Exception {
        try {
            Map<?, ?> proof = (Map<?, ?>) new Json(text).document();
            require(proof.get("format").equals("cxone-assist-proof/1"), "a proof of another format");
            List<?> rows = (List<?>) proof.get("rows");
            require(!rows.isEmpty(), "no row is proved");
            for (Object row : rows) {
                check((Map<?, ?>) row, (String) proof.get("suggestionId"), keys);
            }
            System.out.println("OK, rows of suggestion " + proof.get("suggestionId") + ": " + rows.size());
            int uncovered = ((List<?>) proof.get("uncovered")).size();
            if (uncovered > 0) {
                System.out.println("Not proved, since no checkpoint covers them yet, rows: " + uncovered);
            }
            return true;
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException | ClassCastException e) {
            System.out.println("NOT PROVED: " + e.getMessage());
            return false;
        }
    }

    private static boolean signed(String text, String signature, List<PublicKey> keys) throws Exception {
        for (PublicKey key : keys) {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            try {
                if (ed25519.verify(Base64.getDecoder().decode(signature))) {
                    return true;
                }
            } catch (SignatureException e) {
                // not even the form of one
            }
        }
        return false;
    }

    private static void check(Map<?, ?> proved, String suggestionId, List<PublicKey> keys) throws Exception {
        String rowText = (String) proved.get("row");
        String checkpointText = (String) proved.get("checkpoint");
        Map<?, ?> row = (Map<?, ?>) new Json(rowText).document();
        Map<?, ?> checkpoint = (Map<?, ?>) new Json(checkpointText).document();
        String name = "row " + row.get("seq") + " of node " + row.get("node");
        require(row.get("suggestionId").equals(suggestionId), name + " is about another suggestion");

        require(
                proved.get("signature") != null && signed(checkpointText, (String) proved.get("signature"), keys),
                "the checkpoint of " + name + " is not signed by a key of the file");

        long index = (Long) proved.get("leafIndex");
        long size = (Long) checkpoint.get("rows");
        require(checkpoint.get("format").equals("cxone-assist-checkpoint/1"), "a checkpoint of another format");
        require(row.get("node").equals(checkpoint.get("node")), name + " is of another node than its checkpoint");
        require((Long) row.get("seq") == (Long) checkpoint.get("firstSeq") + index, name + " is at another place");

        byte[] hash = sha256(new byte[] {0}, rowText.getBytes(StandardCharsets.UTF_8));
        require(index >= 0 && index < size, name + " is outside of its checkpoint");
        long place = index;
        long last = size - 1;
        for (Object sibling : (List<?>) proved.get("path")) {
            require(last > 0, "the path of " + name + " is too long");
            byte[] other = HexFormat.of().parseHex((String) sibling);
            if (place % 2 == 1 || place == last) {
                hash = sha256(new byte[] {1}, other, hash);
                while (place % 2 == 0 && place != 0) {
                    place /= 2;
                    last /= 2;
                }
            } else {
                hash = sha256(new byte[] {1}, hash, other);
            }
            place /= 2;
            last /= 2;
        }
        require(
                last == 0 && Arrays.equals(hash, HexFormat.of().parseHex((String) checkpoint.get("merkleRoot"))),
                name + " is not in the tree of its checkpoint");
        System.out.println(name + ": " + row.get("event") + " at " + row.get("at") + ", in a checkpoint of "
                + checkpoint.get("at"));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** As much of JSON as a proof needs: objects, arrays, texts, whole numbers, null. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object document() {
            Object value = value();
            space();
            require(at == text.length(), "there is something behind the JSON");
            return value;
        }

        private Object value() {
            space();
            require(at < text.length(), "the JSON ends too early");
            switch (text.charAt(at)) {
                case '{':
                    return object();
                case '[':
                    return array();
                case '"':
                    return string();
                case 'n':
                    require(text.startsWith("null", at), "bad JSON");
                    at += 4;
                    return null;
                default:
                    int from = at;
                    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                        at++;
                    }
                    return Long.parseLong(text.substring(from, at));
            }
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            at++;
            for (boolean first = true; !ends('}', first); first = false) {
                space();
                String name = string();
                space();
                require(text.charAt(at++) == ':', "bad JSON");
                require(!members.containsKey(name), "the JSON has a member twice: " + name);
                members.put(name, value());
            }
            return members;
        }

        private List<Object> array() {
            List<Object> elements = new ArrayList<>();
            at++;
            for (boolean first = true; !ends(']', first); first = false) {
                elements.add(value());
            }
            return elements;
        }

        private boolean ends(char end, boolean first) {
            space();
            char c = text.charAt(at);
            if (c == end) {
                at++;
                return true;
            }
            if (!first) {
                require(c == ',', "bad JSON");
                at++;
            }
            return false;
        }

        private String string() {
            require(text.charAt(at) == '"', "bad JSON");
            StringBuilder string = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    int plain = "bfnrt".indexOf(c);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if (plain >= 0) {
                        c = "\b\f\n\r\t".charAt(plain);
                    }
                }
                string.append(c);
            }
            at++;
            return string.toString();
        }

        private void space() {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
        }
    }
}
