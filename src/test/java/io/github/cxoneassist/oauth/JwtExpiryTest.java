package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtExpiryTest {

    private static final Instant EXP = Instant.parse("2026-11-22T09:00:00Z");
    private static final byte[] KEY = new byte[32];

    @Test
    void ofASignedJwtIsItsExpWhoeverSignedIt() throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(EXP));
        jwt.sign(new MACSigner(KEY));

        assertThat(JwtExpiry.of(jwt.serialize())).contains(EXP);
    }

    @Test
    void ofAnUnsignedJwtIsItsExp() {
        assertThat(JwtExpiry.of(new PlainJWT(claims(EXP)).serialize())).contains(EXP);
    }

    @Test
    void ofAJwtWithoutExpIsUnknown() {
        assertThat(JwtExpiry.of(new PlainJWT(claims(null)).serialize())).isEmpty();
    }

    @Test
    void ofAnEncryptedJwtIsUnknown() throws Exception {
        EncryptedJWT jwt =
                new EncryptedJWT(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256), claims(EXP));
        jwt.encrypt(new DirectEncrypter(KEY));

        assertThat(JwtExpiry.of(jwt.serialize())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b.c", "..", "...", "eyJhbGciOiJub25lIn0.e30", "8xLOxBtZp8", "x.y.z.v.w"})
    void ofAnythingElseIsUnknown(String token) {
        assertThat(JwtExpiry.of(token)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"exp\":\"soon\"}", "{\"exp\":{}}", "[1]", "null", "{\"exp\":1e999}"})
    void ofAPayloadThatMakesNoSenseIsUnknown(String payload) {
        assertThat(JwtExpiry.of(part("{\"alg\":\"none\"}") + "." + part(payload) + "."))
                .isEmpty();
    }

    @Test
    void ofAPayloadNestedTenThousandDeepIsUnknown() {
        String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThat(JwtExpiry.of(part("{\"alg\":\"none\"}") + "." + part(deep) + "."))
                .isEmpty();
    }

    private static JWTClaimsSet claims(Instant exp) {
        return new JWTClaimsSet.Builder()
                .subject("app")
                .expirationTime(exp == null ? null : Date.from(exp))
                .build();
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
