package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside an export: which rows are in it, how the file was when it was written, and what checks it.
 *
 * @param file its name, without a folder
 * @param sha256 of the whole file
 * @param from the time that was asked for, as in a row; null for no limit
 * @param to the same
 * @param createdAt as in a row
 * @param keyId of the key that signed; null where none did
 * @param signature Ed25519 over the {@link #canonical} text, in base64
 */
public record ExportManifest(
        String file,
        String sha256,
        ExportFormat format,
        String from,
        String to,
        String createdAt,
        List<Part> parts,
        String keyId,
        String signature) {

    public static final String FORMAT = "cxone-assist-export/1";

    /** What a file's manifest is called. */
    public static final String SUFFIX = ".manifest.json";

    /** How far apart the clocks of who exports and who makes checkpoints may be. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * The rows of a node.
     *
     * @param rows how many there are
     * @param checkpoints those that end within the range, and the one that ends right before it
     */
    public record Part(String node, AuditRange range, long rows, List<Checkpoint> checkpoints) {
        public Part {
            checkpoints = List.copyOf(checkpoints);
        }
    }

    public ExportManifest {
        parts = List.copyOf(parts);
    }

    /** How many rows the file has. */
    public long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }

    ExportManifest signedBy(SigningKey key) {
        return key == null
                ? this
                : new ExportManifest(
                        file,
                        sha256,
                        format,
                        from,
                        to,
                        createdAt,
                        parts,
                        key.id(),
                        key.sign(canonical().getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether all was asked for that there was. */
    boolean isUnlimited() {
        return from == null && to == null;
    }

    /** Up to when one without limits has to have everything, though another machine's clock wrote the times in it. */
    String completeUntil() {
        return JournalRow.atText(Instant.parse(createdAt).minus(CLOCKS_APART));
    }

    boolean isSigned() {
        return signature != null;
    }

    /** Whether the signature is of one of these keys. */
    boolean signedByOneOf(PublicKeys keys) {
        return signature != null && keys.signed(keyId, canonical().getBytes(StandardCharsets.UTF_8), signature);
    }

    /** RFC 8785 text of all but key and signature. */
    public String canonical() {
        return CanonicalJson.of(signed());
    }

    /** All of it, one line of JSON. */
    public String toJson() {
        Map<String, Object> all = signed();
        all.put("keyId", keyId);
        all.put("signature", signature);
        return CanonicalJson.of(all);
    }

    private Map<String, Object> signed() {
        Map<String, Object> all = new HashMap<>();
        all.put("format", FORMAT);
        all.put("file", file);
        all.put("sha256", sha256);
        all.put("rowFormat", format.wireName());
        all.put("from", from);
        all.put("to", to);
        all.put("createdAt", createdAt);
        all.put("rows", rows());
        all.put("nodes", parts.stream().map(ExportManifest::object).toList());
        return all;
    }

    private static Map<String, Object> object(Part part) {
        Map<String, Object> object = new HashMap<>();
        object.put("node", part.node());
        object.put("firstSeq", part.range().first());
        object.put("prevHash", part.range().prevHash());
        object.put("seq", part.range().last());
        object.put("headHash", part.range().headHash());
        object.put("rows", part.rows());
        object.put(
                "checkpoints",
                part.checkpoints().stream().map(Checkpoint::toMap).toList());
        return object;
    }

    /** Where the manifest of an export is. */
    public static Path beside(Path export) {
        return export.resolveSibling(export.getFileName() + SUFFIX);
    }

    /** @throws IllegalArgumentException with the file, where it is no manifest */
    public static ExportManifest read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("the manifest " + file + " cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the manifest " + file + " " + e.getMessage());
        }
    }

    private static ExportManifest parse(String text) {
        JsonNode json = tree(text);
        if (!FORMAT.equals(json.path("format").textValue())) {
            throw new IllegalArgumentException("is none of an export in the format " + FORMAT);
        }
        List<Part> parts = new ArrayList<>();
        for (JsonNode node : json.path("nodes")) {
            parts.add(part(node));
        }
        ExportManifest manifest = new ExportManifest(
                json.path("file").textValue(),
                json.path("sha256").textValue(),
                ExportFormat.of(json.path("rowFormat").textValue())
                        .orElseThrow(() -> new IllegalArgumentException("has an unknown rowFormat")),
                json.path("from").textValue(),
                json.path("to").textValue(),
                json.path("createdAt").textValue(),
                parts,
                json.path("keyId").textValue(),
                json.path("signature").textValue());
        if (!isTime(manifest.createdAt())) {
            throw new IllegalArgumentException("does not say when it was written");
        }
        if (!manifest.toJson().equals(text.strip())) {
            throw new IllegalArgumentException("is not as it was written");
        }
        return manifest;
    }

    private static boolean isTime(String text) {
        try {
            return text != null && JournalRow.atText(Instant.parse(text)).equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Part part(JsonNode json) {
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (JsonNode checkpoint : json.path("checkpoints")) {
            Optional<Checkpoint> parsed = Checkpoint.parse(checkpoint.toString());
            checkpoints.add(parsed.orElseThrow(() -> new IllegalArgumentException("holds a checkpoint that is none")));
        }
        AuditRange range = new AuditRange(
                json.path("firstSeq").longValue(),
                json.path("prevHash").textValue(),
                json.path("seq").longValue(),
                json.path("headHash").textValue());
        if (!json.path("node").isTextual()
                || range.prevHash() == null
                || range.headHash() == null
                || range.first() < 1) {
            throw new IllegalArgumentException("does not say which rows there are");
        }
        return new Part(json.path("node").textValue(), range, json.path("rows").longValue(), checkpoints);
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("is not JSON");
        }
    }
}
