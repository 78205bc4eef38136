package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code cxone.api-key} set, only who knows it gets in. */
class ApiKeyTest {

    @TempDir
    static Path folder;

    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(folder, new ManualAgent(), Map.of("cxone.api-key", "k&y +%"));
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void withoutAKeyTheAnswerIs401AndNothingIsRead() throws Exception {
        var answer = assist.post(Suggestions.valid("key-1", "a").toString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("X-API-Key").doesNotContain("k&y");
        assertThat(assist.cxone().referee().sends("key-1", "a")).isZero();
    }

    @Test
    void withAWrongKeyTheAnswerIs401() throws Exception {
        var answer =
                assist.post("application/json", Suggestions.valid("key-2", "a").toString(), "X-API-Key", "k&y");

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void withTheKeyTheSuggestionIsSent() throws Exception {
        var answer =
                assist.post("application/json", Suggestions.valid("key-3", "a").toString(), "x-api-key", "k&y +%");

        assertThat(answer.statusCode()).isEqualTo(202);
    }
}
