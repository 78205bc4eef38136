package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @TempDir
    Path folder;

    @Test
    void theFirstKeyOfTheFileWritesAndAllAreFound() throws IOException {
        ChainKeys keys = ChainKeys.read(
                file("# a comment\n\n" + "ab".repeat(32) + "\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"));

        assertThat(keys.writing().orElseThrow().id()).isEqualTo(new ChainKey(bytes("ab".repeat(32))).id());
        assertThat(keys.find(new ChainKey(sequence()).id())).isPresent();
        assertThat(keys.find("another")).isEmpty();
        assertThat(keys.find(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "c2hvcnQ=", "not base64 at all, however long it may be: 0123456789"})
    void aLineThatIsNoKeyIsNamedAndNotQuoted(String line) throws IOException {
        Path file = file("# first\n" + line);

        assertThatThrownBy(() -> ChainKeys.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2 of the chain key file " + file
                        + " is not a key: it has to be at least 32 bytes in base64 or hexadecimal")
                .hasNoCause();
    }

    @Test
    void aFileWithoutAKeyIsRefused() throws IOException {
        Path file = file("# nothing\n");

        assertThatThrownBy(() -> ChainKeys.read(file)).hasMessage("the chain key file " + file + " holds no key");
    }

    @Test
    void aSigningKeyThatIsNoneIsRefusedWithoutQuotingIt() throws IOException {
        Path file = file("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> SigningKey.read(file))
                .hasMessage("the key file " + file
                        + " holds no Ed25519 key: make one with openssl genpkey -algorithm ed25519")
                .hasNoCause();
    }

    /** RFC 4231, test case 6: the one whose key is as long as ours have to be. */
    @Test
    void theHashIsHmacSha256() {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);

        assertThat(new ChainKey(key).hmac("Test Using Larger Than Block-Size Key - Hash Key First".getBytes()))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @Property(tries = 300)
    void theTextOfARowIsCanonical(@ForAll String any) {
        String text = StorableText.of(any);
        JournalRow row = new JournalRow(text, 7, Chains.START, text, text, null, text, "{}", "p", text, text);

        Map<String, Object> fields = new HashMap<>();
        for (String name : List.of("event", "hash", "interactionId", "keyId", "node", "reason")) {
            fields.put(name, text);
        }
        fields.putAll(Map.of("at", row.atText(), "details", "{}", "format", "cxone-assist-journal/2", "prevHash", "p"));
        fields.put("seq", 7);
        fields.put("suggestionId", null);

        assertThat(CanonicalRow.leaf(row)).isEqualTo(CanonicalJson.of(fields));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("keys"), text);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] sequence() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
