package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a subscriber's place is shown in lists, health and logs. */
class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/services/T0/B0/hush, https://hooks.example.com/…",
        "https://hooks.example.com:8443/hush?token=hush, https://hooks.example.com:8443/…",
        "https://hooks.example.com/?token=hush, https://hooks.example.com/…",
        "https://hooks.example.com?token=hush, https://hooks.example.com/…",
        "https://hooks.example.com/, https://hooks.example.com/",
        "https://hooks.example.com, https://hooks.example.com",
    })
    void ofAUrlOnlyItsServerIsShown(String url, String shown) {
        assertThat(new Target.Url(URI.create(url)).shown()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "sftp://bob:hush@files.example.com/in?password=hush, sftp://…@files.example.com/in?…",
        "sftp://bob:hu/sh@files.example.com/in, sftp://…@files.example.com/in",
        "sftp://bob:hu@sh@files.example.com/in, sftp://…@files.example.com/in",
        "ftp:bob:hush@files.example.com, ftp:…@files.example.com",
        "kafka:decisions?saslJaasConfig=a@hush, kafka:decisions?…",
        "file:/var/out, file:/var/out",
    })
    void ofAnEndpointNeitherUserNorOptionsAreShown(String uri, String shown) {
        assertThat(new Target.Endpoint(uri).shown()).isEqualTo(shown);
    }

    @Test
    void aLineBreakHidesNothingFromTheMask() {
        assertThat(new Target.Endpoint("kafka:decisions?a=b\npassword=hush").shown())
                .isEqualTo("kafka:decisions?…");
    }
}
