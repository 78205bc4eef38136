package io.github.cxoneassist.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys of a chain: the first one makes new hashes, all of them verify. */
public final class ChainKeys {
    public static final ChainKeys NONE = new ChainKeys(List.of());

    private final Map<String, ChainKey> keys = new LinkedHashMap<>();

    public ChainKeys(Collection<ChainKey> keys) {
        keys.forEach(key -> this.keys.put(key.id(), key));
    }

    /**
     * A file with a key a line, in base64 or hexadecimal, the one in use first. Empty lines and those that begin with
     * {@code #} are skipped.
     *
     * @throws IllegalArgumentException with the file and the line, and never with what is in it
     */
    public static ChainKeys read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the chain key file " + file + " cannot be read: " + e, e);
        }
        Map<Integer, ChainKey> keys = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                keys.put(i, key(file, i + 1, line));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("the chain key file " + file + " holds no key");
        }
        return new ChainKeys(keys.values());
    }

    private static ChainKey key(Path file, int line, String text) {
        try {
            return new ChainKey(bytes(text));
        } catch (IllegalArgumentException e) {
            // not as a cause: its message may quote the key
            throw new IllegalArgumentException("line " + line + " of the chain key file " + file
                    + " is not a key: it has to be at least " + ChainKey.MIN_BYTES + " bytes in base64 or hexadecimal");
        }
    }

    private static byte[] bytes(String text) {
        // 32 bytes in base64 end with = or are no whole bytes in hexadecimal; what could be both is hexadecimal
        return text.matches("(?:[0-9A-Fa-f]{2}){" + ChainKey.MIN_BYTES + ",}")
                ? HexFormat.of().parseHex(text)
                : Base64.getDecoder().decode(text);
    }

    /** The key that makes new hashes; empty where they are plain. */
    public Optional<ChainKey> writing() {
        return keys.values().stream().findFirst();
    }

    /** The key of this id; empty for null too. */
    public Optional<ChainKey> find(String id) {
        return Optional.ofNullable(id).map(keys::get);
    }

    /**
     * To be called before anything is written: a chain that was keyed and goes on without, or with a key that nobody can
     * tell from an intruder's, would look like that of somebody who has not the key.
     *
     * @throws JournalException where the node's last row is keyed, and its key is not here
     */
    public void refuseToBeDropped(JournalReader reader, String node) {
        long last = reader.head(node).seq();
        if (last == 0) {
            return;
        }
        reader.after(node, last - 1, Set.of(), 1).stream()
                .map(JournalRow::keyId)
                .filter(key -> key != null && find(key).isEmpty())
                .findFirst()
                .ifPresent(key -> {
                    throw new JournalException(
                            isEmpty()
                                    ? "the audit log is keyed, and cxone.audit.chain-key-file is not set: set it"
                                            + " to the file that it was written with. A new key may stand in its first line"
                                    : "the last row of node " + node + " in the audit log has a hash of the key " + key
                                            + ", which is not in the file of cxone.audit.chain-key-file: put it back, a"
                                            + " new key may stand in a line before it. Where it is lost, begin a new"
                                            + " chain with another cxone.node");
                });
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Their ids only. */
    @Override
    public String toString() {
        return "ChainKeys" + keys.keySet();
    }
}
