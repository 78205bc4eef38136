package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {
    /** The leaves and roots that the implementations of Certificate Transparency (RFC 6962) are tested with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    @Test
    void theTreeWithoutLeavesHasTheHashOfNothing() {
        assertThat(new MerkleTree().root())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void theRootsAreThoseOfCertificateTransparency(int size, String root) {
        MerkleTree tree = new MerkleTree();
        LEAVES.subList(0, size).forEach(leaf -> tree.add(HexFormat.of().parseHex(leaf), false));

        assertThat(tree.root()).isEqualTo(root);
    }

    @Property(tries = 200)
    void theRootIsThatOfTheDefinition(@ForAll @IntRange(max = 300) int size) {
        List<String> leaves = leaves(size);
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::add);

        assertThat(tree.root()).isEqualTo(HexFormat.of().formatHex(naive(leaves)));
    }

    @Property(tries = 60)
    void eachLeafIsProvedAndAtNoOtherPlace(@ForAll @IntRange(min = 1, max = 70) int size) {
        List<String> leaves = leaves(size);
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::addWatched);

        for (int leaf = 0; leaf < size; leaf++) {
            List<String> path = tree.path(leaf);
            for (int place = 0; place < size; place++) {
                assertThat(MerkleTree.contains(tree.root(), size, place, leaves.get(leaf), path))
                        .isEqualTo(place == leaf);
            }
            assertThat(MerkleTree.contains(tree.root(), size, leaf, "another", path))
                    .isFalse();
        }
    }

    @Property(tries = 50)
    void lookingAtTheRootChangesNothing(@ForAll @IntRange(min = 1, max = 40) int size) {
        MerkleTree tree = new MerkleTree();
        MerkleTree lookedAt = new MerkleTree();
        for (String leaf : leaves(size)) {
            tree.addWatched(leaf);
            lookedAt.addWatched(leaf);
            lookedAt.root();
            lookedAt.path(0);
        }

        assertThat(lookedAt.root()).isEqualTo(tree.root());
        assertThat(lookedAt.path(0)).isEqualTo(tree.path(0));
    }

    private static List<String> leaves(int size) {
        return IntStream.range(0, size).mapToObj(i -> "leaf " + i).toList();
    }

    /** RFC 6962, section 2.1, word for word. */
    private static byte[] naive(List<String> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.digest().digest();
        } else if (leaves.size() == 1) {
            return hash(new byte[] {0}, leaves.get(0).getBytes(StandardCharsets.UTF_8));
        }
        int left = Integer.highestOneBit(leaves.size() - 1);
        return hash(new byte[] {1}, naive(leaves.subList(0, left)), naive(leaves.subList(left, leaves.size())));
    }

    private static byte[] hash(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return Sha256.digest().digest(all.toByteArray());
    }
}
