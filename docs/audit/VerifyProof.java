import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a proof of the command "audit prove" with nothing but SHA-256 and Ed25519 of the JDK (17 or newer):
 *
 *   java VerifyProof.java proof.json public-key.pem
 *
 * What it checks is written down in README.md. Exit code 0 only when all of it holds.
 */
public class VerifyProof {
    public static void main(String[] args) throws Exception {
        Map<?, ?> proof = (Map<?, ?>) new Json(Files.readString(Path.of(args[0]))).document();
        String pem = Files.readString(Path.of(args[1])).replaceAll("-----[^-]+-----", "");
        PublicKey key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        try {
            require(proof.get("format").equals("cxone-assist-proof/1"), "a proof of another format");
            List<?> rows = (List<?>) proof.get("rows");
            require(!rows.isEmpty(), "no row is proved");
            for (Object row : rows) {
                check((Map<?, ?>) row, (String) proof.get("suggestionId"), key);
            }
            System.out.println("OK: " + rows.size() + " rows of suggestion " + proof.get("suggestionId"));
            int uncovered = ((List<?>) proof.get("uncovered")).size();
            if (uncovered > 0) {
                System.out.println("Not proved, since no checkpoint covers them yet: " + uncovered + " rows");
            }
        } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
            System.out.println("NOT PROVED: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void check(Map<?, ?> proved, String suggestionId, PublicKey key) throws Exception {
        String rowText = (String) proved.get("row");
        String checkpointText = (String) proved.get("checkpoint");
        Map<?, ?> row = (Map<?, ?>) new Json(rowText).document();
        Map<?, ?> checkpoint = (Map<?, ?>) new Json(checkpointText).document();
        String name = "row " + row.get("seq") + " of node " + row.get("node");
        require(row.get("suggestionId").equals(suggestionId), name + " is about another suggestion");

        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(checkpointText.getBytes(StandardCharsets.UTF_8));
        require(
                proved.get("signature") != null
                        && signature.verify(Base64.getDecoder().decode((String) proved.get("signature"))),
                "the checkpoint of " + name + " is not signed by this key");

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
