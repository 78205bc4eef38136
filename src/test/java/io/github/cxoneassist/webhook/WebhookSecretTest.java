package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    @Test
    void thePublicKeyIsThatOfTheFirstVectorOfRfc8032() {
        WebhookSecret secret = WebhookSecret.parse(
                "whsk_" + base64("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        assertThat(secret.publicKey())
                .contains("whpk_" + base64("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    }

    @Test
    void aSignatureVerifiesWithThePublicKeyAlone() throws Exception {
        WebhookSecret secret = WebhookSecret.generate(WebhookSecret.Scheme.V1A, new SecureRandom());

        String signature = secret.sign("msg_1", 1795334401, "{}".getBytes(StandardCharsets.UTF_8));

        byte[] raw = Base64.getDecoder().decode(secret.publicKey().orElseThrow().substring("whpk_".length()));
        PublicKey key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of()
                        .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw))));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update("msg_1.1795334401.{}".getBytes(StandardCharsets.UTF_8));
        assertThat(signature).startsWith("v1a,");
        assertThat(verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length()))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aNewOneIsOfItsSchemeAndUnlikeTheOneBefore(WebhookSecret.Scheme scheme) {
        WebhookSecret one = WebhookSecret.generate(scheme, new SecureRandom());
        WebhookSecret other = WebhookSecret.generate(scheme, new SecureRandom());

        assertThat(WebhookSecret.parse(one.text()).scheme()).isEqualTo(scheme);
        assertThat(one.text()).isNotEqualTo(other.text());
    }

    @Test
    void aSharedSecretHasNoPublicKey() {
        assertThat(WebhookSecret.parse(Events.SECRET).publicKey()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "", "hush", "whpk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"})
    void aSecretWithoutItsPrefixIsRefusedAndNotShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.parse(text))
                .withNoCause()
                .withMessage(
                        "has to be whsec_ and the Base64 of 24 to 64 random bytes, or whsk_ and the Base64 of an Ed25519"
                                + " key of 32 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_hush!", "whsk_", "whsk_hush!", "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"})
    void aSecretOfAnotherFormIsRefusedAndNotShown(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.parse(text))
                .withNoCause()
                .withMessageStartingWith("has to be ")
                .withMessageNotContainingAny("hush", "AAEC");
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true", "64, true", "65, false"})
    void aSharedSecretHas24To64Bytes(int length, boolean fine) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);

        if (fine) {
            assertThat(WebhookSecret.parse(secret).text()).isEqualTo(secret);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.parse(secret));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsNotInItsText(WebhookSecret.Scheme scheme) {
        WebhookSecret secret = WebhookSecret.generate(scheme, new SecureRandom());

        assertThat(secret.toString()).hasSizeLessThan(8);
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
