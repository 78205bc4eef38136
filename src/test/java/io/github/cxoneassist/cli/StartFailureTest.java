package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void settingsSpeakForThemselves() {
        assertThat(StartFailure.explain(new SettingsException(List.of("one", "two"))))
                .isEqualTo("one" + System.lineSeparator() + "two");
    }

    @Test
    void aPortInUseNamesTheSetting() {
        assertThat(StartFailure.explain(new UncheckedIOException(new BindException("127.0.0.1:8080: in use"))))
                .isEqualTo("cxone-assist cannot listen on its HTTP port: 127.0.0.1:8080: in use. Stop what uses it, or"
                        + " choose another with cxone.http-port (CXONE_HTTP_PORT).");
    }

    @Test
    void anythingElseIsToldByItsCause() {
        assertThat(StartFailure.explain(
                        new IllegalStateException("outer", new IllegalArgumentException("no such thing"))))
                .isEqualTo("cxone-assist could not start: IllegalArgumentException: no such thing");
    }

    @Test
    void theValueThatCamelQuotesIsLeftOut() {
        assertThat(StartFailure.explain(new IllegalArgumentException(
                        "Property with key [y] not found in properties from text: a{{y}}")))
                .isEqualTo("cxone-assist could not start: IllegalArgumentException: Property with key [y] not found in"
                        + " properties");
    }
}
