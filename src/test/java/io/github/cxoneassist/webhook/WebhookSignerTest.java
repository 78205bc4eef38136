package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {

    @Test
    void signsTheKnownVector() {
        WebhookSigner signer = new WebhookSigner(Events.SECRET, at(Instant.ofEpochSecond(1764000000)));
        String body = "{\"type\":\"suggestion.accepted\",\"timestamp\":\"2025-11-24T16:00:00Z\","
                + "\"data\":{\"suggestionId\":\"s-1\"}}";

        assertThat(signer.headers("msg_01TEST", body.getBytes(StandardCharsets.UTF_8)))
                .containsOnly(
                        Map.entry("webhook-id", "msg_01TEST"),
                        Map.entry("webhook-timestamp", "1764000000"),
                        Map.entry("webhook-signature", "v1,ryc7UXje0NqiIoeWMgUgKH/ISvSHSYAFAwJXoR528qc="));
    }

    @Test
    void theTimestampIsThatOfTheTryInWholeSeconds() {
        WebhookSigner signer = new WebhookSigner(Events.SECRET, at(Instant.parse("2026-11-22T08:00:01.999Z")));

        assertThat(signer.headers("msg_1", new byte[0])).containsEntry("webhook-timestamp", "1795334401");
    }

    @Test
    void theReferenceLibraryVerifiesWhatIsSigned() {
        WebhookSigner signer = new WebhookSigner(Events.SECRET, Clock.systemUTC());
        byte[] body = WebhookPayload.bytes(Events.accepted(1));

        Map<String, List<String>> headers = signer.headers("msg_1", body).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));

        assertThatCode(() -> new Webhook(Events.SECRET).verify(new String(body, StandardCharsets.UTF_8), headers))
                .doesNotThrowAnyException();
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
