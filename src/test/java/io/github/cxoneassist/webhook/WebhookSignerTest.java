package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {

    /** What the libraries of Standard Webhooks sign in their own tests. */
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final String PRIVATE_KEY = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private static final String V1A =
            "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";

    @Test
    void signsTheSpecificationsVector() {
        assertThat(signer(SECRET).headers(ID, BODY))
                .containsOnly(
                        Map.entry("webhook-id", ID),
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", V1));
    }

    @Test
    void signsTheSpecificationsAsymmetricVector() {
        assertThat(signer(PRIVATE_KEY).headers(ID, BODY)).containsEntry("webhook-signature", V1A);
    }

    @Test
    void withTwoSecretsTheNewestSignsFirst() {
        assertThat(signer(PRIVATE_KEY, SECRET).headers(ID, BODY)).containsEntry("webhook-signature", V1A + " " + V1);
    }

    @Test
    void withoutASecretThereIsAnIdAndNoSignature() {
        assertThat(signer().headers(ID, BODY))
                .containsOnly(Map.entry("webhook-id", ID), Map.entry("webhook-timestamp", "1614265330"));
    }

    @Test
    void theTimestampIsThatOfTheTryInWholeSeconds() {
        WebhookSigner signer = new WebhookSigner(
                List.of(SECRET), Clock.fixed(Instant.parse("2026-11-22T08:00:01.999Z"), ZoneOffset.UTC));

        assertThat(signer.headers("msg_1", new byte[0])).containsEntry("webhook-timestamp", "1795334401");
    }

    @Test
    void theReferenceLibraryVerifiesByEitherSecretWhileItRotates() {
        byte[] body = WebhookPayload.bytes(Events.accepted(1));
        Map<String, List<String>> headers =
                asReceived(new WebhookSigner(List.of(SECRET, Events.SECRET), Clock.systemUTC()).headers("msg_1", body));
        String text = new String(body, StandardCharsets.UTF_8);

        assertThatCode(() -> new Webhook(SECRET).verify(text, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(Events.SECRET).verify(text, headers)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==").verify(text, headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theReferenceLibraryIsNotIrritatedByASignatureOfTheOtherScheme() {
        byte[] body = WebhookPayload.bytes(Events.accepted(1));
        Map<String, List<String>> headers =
                asReceived(new WebhookSigner(List.of(PRIVATE_KEY, SECRET), Clock.systemUTC()).headers("msg_1", body));

        assertThatCode(() -> new Webhook(SECRET).verify(new String(body, StandardCharsets.UTF_8), headers))
                .doesNotThrowAnyException();
    }

    private static Map<String, List<String>> asReceived(Map<String, String> headers) {
        return headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }

    private static WebhookSigner signer(String... secrets) {
        return new WebhookSigner(List.of(secrets), Clock.fixed(AT, ZoneOffset.UTC));
    }
}
