package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SandboxConfigTest {

    @Test
    void noSecretIsInItsText() {
        var config = SandboxConfig.builder()
                .client("app", "hush")
                .accessKey("key", "hush")
                .build();
        assertThat(config.toString()).contains("app", "key").doesNotContain("hush");
    }

    @Test
    void aValueThatCannotWorkIsRefusedByName() {
        assertThatThrownBy(() -> SandboxConfig.builder().maxActive(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxActive");
        assertThatThrownBy(() -> SandboxConfig.builder().port(70_000).build()).hasMessageContaining("port");
    }
}
