package io.github.cxoneassist.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Merkle tree of RFC 6962, section 2.1, built leaf by leaf. Holds the roots of its perfect subtrees, one for each
 * power of two at most, and the audit paths of the leaves that somebody wants to prove.
 */
final class MerkleTree {
    private static final byte LEAF = 0;
    private static final byte INNER = 1;

    private record Subtree(byte[] hash, long first, long size) {}

    /** An audit path is complete once the tree is; until then it reaches as far as the subtree that the leaf is in. */
    private record Watched(long leaf, List<byte[]> path) {}

    private final List<Subtree> subtrees = new ArrayList<>();
    private final Map<Long, Watched> watched = new TreeMap<>();
    private long size;

    void add(String leaf) {
        add(leaf.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Adds a leaf that has to be proved. */
    void addWatched(String leaf) {
        add(leaf.getBytes(StandardCharsets.UTF_8), true);
    }

    void add(byte[] leaf, boolean watch) {
        if (watch) {
            watched.put(size, new Watched(size, new ArrayList<>()));
        }
        subtrees.add(new Subtree(leafHash(leaf), size, 1));
        size++;
        // as many merges as the number of leaves has zero bits at its end
        for (long rest = size; (rest & 1) == 0; rest >>= 1) {
            Subtree right = subtrees.remove(subtrees.size() - 1);
            Subtree left = subtrees.remove(subtrees.size() - 1);
            subtrees.add(merge(left, right, watched));
        }
    }

    long size() {
        return size;
    }

    /** The root over the leaves so far, in hexadecimal. */
    String root() {
        return HexFormat.of().formatHex(fold(Map.of()));
    }

    /** From the leaf's sibling up: what is needed beside the leaf to compute the root, in hexadecimal. */
    List<String> path(long leaf) {
        Map<Long, Watched> copy = new TreeMap<>();
        copy.put(leaf, new Watched(leaf, new ArrayList<>(watched.get(leaf).path())));
        fold(copy);
        return copy.get(leaf).path().stream().map(HexFormat.of()::formatHex).toList();
    }

    /** Whether the leaf stands at this place of the tree with this root: RFC 9162, section 2.1.3.2. */
    static boolean contains(String root, long size, long index, String leaf, List<String> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        byte[] hash = leafHash(leaf.getBytes(StandardCharsets.UTF_8));
        long place = index;
        long last = size - 1;
        for (String sibling : path) {
            if (last == 0) {
                return false;
            }
            byte[] other = HexFormat.of().parseHex(sibling);
            if ((place & 1) == 1 || place == last) {
                hash = innerHash(other, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = innerHash(hash, other);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && HexFormat.of().formatHex(hash).equals(root);
    }

    private byte[] fold(Map<Long, Watched> paths) {
        if (subtrees.isEmpty()) {
            return Sha256.digest().digest();
        }
        Subtree right = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            right = merge(subtrees.get(i), right, paths);
        }
        return right.hash();
    }

    private static Subtree merge(Subtree left, Subtree right, Map<Long, Watched> paths) {
        for (Watched one : paths.values()) {
            if (one.leaf() >= right.first() && one.leaf() < right.first() + right.size()) {
                one.path().add(left.hash());
            } else if (one.leaf() >= left.first() && one.leaf() < right.first()) {
                one.path().add(right.hash());
            }
        }
        return new Subtree(innerHash(left.hash(), right.hash()), left.first(), left.size() + right.size());
    }

    private static byte[] leafHash(byte[] leaf) {
        MessageDigest digest = Sha256.digest();
        digest.update(LEAF);
        return digest.digest(leaf);
    }

    private static byte[] innerHash(byte[] left, byte[] right) {
        MessageDigest digest = Sha256.digest();
        digest.update(INNER);
        digest.update(left);
        return digest.digest(right);
    }
}
