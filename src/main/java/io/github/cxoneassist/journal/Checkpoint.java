package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What holds the rows {@code firstSeq} to {@code seq} of a node together: whoever keeps it can tell later whether they
 * are still the same.
 *
 * @param merkleRoot over the rows, see the package
 * @param headHash the {@code hash} of the row {@code seq}
 * @param at when it was made, as in a row
 * @param prevCheckpoint the {@code hash} of the node's checkpoint before, 64 zeros for the first
 * @param hash SHA-256 over the {@link #canonical} text
 * @param keyId of the key that signed; null where none did
 * @param signature Ed25519 over the same bytes, in base64; null where there is none
 */
public record Checkpoint(
        String node,
        long firstSeq,
        long seq,
        String merkleRoot,
        String headHash,
        String at,
        String prevCheckpoint,
        String hash,
        String keyId,
        String signature) {

    public static final String FORMAT = "cxone-assist-checkpoint/1";

    /** The {@code prevCheckpoint} of a node's first. */
    public static final String NONE = "0".repeat(64);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @param key may be null */
    static Checkpoint of(
            String node,
            long firstSeq,
            long seq,
            String merkleRoot,
            String headHash,
            String at,
            String prevCheckpoint,
            SigningKey key) {
        Checkpoint unsealed =
                new Checkpoint(node, firstSeq, seq, merkleRoot, headHash, at, prevCheckpoint, null, null, null);
        String text = unsealed.canonical();
        return new Checkpoint(
                node,
                firstSeq,
                seq,
                merkleRoot,
                headHash,
                at,
                prevCheckpoint,
                Sha256.hex(text),
                key == null ? null : key.id(),
                key == null ? null : key.sign(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** How many rows it covers. */
    public long rows() {
        return seq - firstSeq + 1;
    }

    /** RFC 8785 text of what is hashed and signed: all but hash, key and signature. */
    public String canonical() {
        return CanonicalJson.of(signed());
    }

    /** One line of JSON with all of it: what an anchor gets. */
    public String toJson() {
        return CanonicalJson.of(toMap());
    }

    Map<String, Object> toMap() {
        Map<String, Object> all = signed();
        all.put("hash", hash);
        all.put("keyId", keyId);
        all.put("signature", signature);
        return all;
    }

    /** Whether the hash is the one of what it says. */
    public boolean hashFits() {
        return Sha256.hex(canonical()).equals(hash);
    }

    private Map<String, Object> signed() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("format", FORMAT);
        fields.put("node", node);
        fields.put("firstSeq", firstSeq);
        fields.put("seq", seq);
        fields.put("rows", rows());
        fields.put("merkleRoot", merkleRoot);
        fields.put("headHash", headHash);
        fields.put("at", at);
        fields.put("prevCheckpoint", prevCheckpoint);
        return fields;
    }

    /** The checkpoint of a line of JSON, whether it is right or not; empty where the line is no checkpoint. */
    public static Optional<Checkpoint> parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            if (json == null || !FORMAT.equals(json.path("format").textValue()) || !isWhole(json)) {
                return Optional.empty();
            }
            Checkpoint parsed = new Checkpoint(
                    json.path("node").textValue(),
                    json.path("firstSeq").longValue(),
                    json.path("seq").longValue(),
                    json.path("merkleRoot").textValue(),
                    json.path("headHash").textValue(),
                    json.path("at").textValue(),
                    json.path("prevCheckpoint").textValue(),
                    json.path("hash").textValue(),
                    json.path("keyId").textValue(),
                    json.path("signature").textValue());
            return parsed.rows() == json.path("rows").longValue() ? Optional.of(parsed) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(JsonNode json) {
        for (String number : new String[] {"firstSeq", "seq", "rows"}) {
            if (!json.path(number).isIntegralNumber() || !json.path(number).canConvertToLong()) {
                return false;
            }
        }
        for (String text : new String[] {"node", "merkleRoot", "headHash", "at", "prevCheckpoint", "hash"}) {
            if (!json.path(text).isTextual()) {
                return false;
            }
        }
        return true;
    }
}
