package io.github.cxoneassist.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.TokenRequestReader.Judgement;
import java.net.URLEncoder;
import java.util.Base64;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokenRequestReaderTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SCOPE = "&scope=agentassist%3Awrite+interaction%3Aread";

    private static SandboxConfig config(String id, String secret) {
        return SandboxConfig.builder()
                .client(id, secret)
                .accessKey("key", secret)
                .build();
    }

    private static Judgement judge(String authorization, String body) {
        return new TokenRequestReader(config("app", "pw")).judge(FORM, authorization, body.getBytes(UTF_8));
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private static String basic(String id, String secret) {
        return raw(encode(id) + ":" + encode(secret));
    }

    private static String raw(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void clientCredentialsInTheBodyAreGranted() {
        assertThat(judge(null, "grant_type=client_credentials&client_id=app&client_secret=pw" + SCOPE))
                .isEqualTo(new Judgement("client_credentials", "app", 200, "", ""));
    }

    @Test
    void clientCredentialsAsHttpBasicAreGranted() {
        assertThat(judge(basic("app", "pw"), "grant_type=client_credentials" + SCOPE)
                        .granted())
                .isTrue();
    }

    @Test
    void thePasswordGrantIsGrantedToTheRightKeyOfTheRightClient() {
        assertThat(judge(basic("app", "pw"), "grant_type=password&username=key&password=pw"))
                .isEqualTo(new Judgement("password", "app", 200, "", ""));
    }

    @Test
    void aWrongSecretIsAnInvalidClient() {
        assertRefused(
                judge(null, "grant_type=client_credentials&client_id=app&client_secret=no" + SCOPE),
                401,
                "invalid_client");
        assertRefused(judge(basic("app", "no"), "grant_type=client_credentials" + SCOPE), 401, "invalid_client");
    }

    @Test
    void thePasswordGrantNeedsHttpBasic() {
        assertRefused(
                judge(null, "grant_type=password&username=key&password=pw&client_id=app&client_secret=pw"),
                401,
                "invalid_client");
    }

    @Test
    void aWrongAccessKeyIsAnInvalidGrant() {
        assertRefused(judge(basic("app", "pw"), "grant_type=password&username=key&password=no"), 400, "invalid_grant");
    }

    @Test
    void aMissingAccessKeyIsAnInvalidRequest() {
        assertRefused(judge(basic("app", "pw"), "grant_type=password&username=key"), 400, "invalid_request");
    }

    @Test
    void aMissingGrantIsAnInvalidRequest() {
        assertRefused(judge(null, "client_id=app&client_secret=pw"), 400, "invalid_request");
    }

    @Test
    void anUnknownGrantIsUnsupported() {
        assertRefused(judge(null, "grant_type=magic&client_id=app&client_secret=pw"), 400, "unsupported_grant_type");
    }

    @Test
    void aMissingOrUnknownScopeIsInvalid() {
        var client = "grant_type=client_credentials&client_id=app&client_secret=pw";
        assertRefused(judge(null, client), 400, "invalid_scope");
        assertRefused(judge(null, client + "&scope=agentassist%3Awrite+admin"), 400, "invalid_scope");
        assertRefused(
                judge(basic("app", "pw"), "grant_type=password&username=key&password=pw&scope=admin"),
                400,
                "invalid_scope");
    }

    @Test
    void onlyAFormIsRead() {
        var body = "grant_type=client_credentials&client_id=app&client_secret=pw" + SCOPE;
        var reader = new TokenRequestReader(config("app", "pw"));
        assertRefused(reader.judge("application/json", null, body.getBytes(UTF_8)), 400, "invalid_request");
        assertRefused(reader.judge(null, null, body.getBytes(UTF_8)), 400, "invalid_request");
        assertThat(reader.judge(FORM + "; charset=UTF-8", null, body.getBytes(UTF_8))
                        .granted())
                .isTrue();
    }

    @Test
    void aFieldThatIsThereTwiceIsAnInvalidRequest() {
        assertRefused(
                judge(null, "grant_type=client_credentials&client_id=app&client_id=app&client_secret=pw" + SCOPE),
                400,
                "invalid_request");
    }

    @Test
    void twoWaysOfClientAuthenticationAreAnInvalidRequest() {
        assertRefused(
                judge(basic("app", "pw"), "grant_type=client_credentials&client_id=app&client_secret=pw" + SCOPE),
                400,
                "invalid_request");
    }

    @Test
    void whatIsNotEncodedIsRefused() {
        assertRefused(judge(null, "grant_type=client_credentials&client_id=ü"), 400, "invalid_request");
        assertRefused(judge(null, "grant_type=%zz"), 400, "invalid_request");
        assertRefused(judge(raw("app:pü"), "grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(judge(raw("app:p%"), "grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(judge(raw("app"), "grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(judge("Basic !!", "grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(judge("Bearer app", "grant_type=client_credentials"), 401, "invalid_client");
    }

    @Test
    void anUnencodedPlusInHttpBasicIsASpaceAndSoWrong() {
        var reader = new TokenRequestReader(config("app", "a+b"));
        var body = ("grant_type=client_credentials" + SCOPE).getBytes(UTF_8);
        assertRefused(reader.judge(FORM, raw("app:a+b"), body), 401, "invalid_client");
        assertThat(reader.judge(FORM, raw("app:a%2Bb"), body).granted()).isTrue();
    }

    @Property
    void anySecretArrivesIntactByEitherWay(@ForAll String id, @ForAll String secret) {
        Assume.that(UTF_8.newEncoder().canEncode(id) && UTF_8.newEncoder().canEncode(secret));
        Assume.that(!secret.isEmpty());
        var reader = new TokenRequestReader(config(id, secret));
        var inBody =
                "grant_type=client_credentials&client_id=" + encode(id) + "&client_secret=" + encode(secret) + SCOPE;
        var password = "grant_type=password&username=key&password=" + encode(secret);

        assertThat(reader.judge(FORM, null, inBody.getBytes(UTF_8)).granted()).isTrue();
        assertThat(reader.judge(FORM, basic(id, secret), password.getBytes(UTF_8))
                        .granted())
                .isTrue();
    }

    private static void assertRefused(Judgement judgement, int status, String error) {
        assertThat(judgement.status()).isEqualTo(status);
        assertThat(judgement.error()).isEqualTo(error);
    }
}
