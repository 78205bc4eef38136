package io.github.cxoneassist.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.Violation.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/testing.md says what is so. */
class TestingPageTest {

    private static final Path PAGE = Path.of("docs/testing.md");
    private static final Path EXAMPLE =
            Path.of("src/test/java/io/github/cxoneassist/sandbox/junit/KnowledgeBaseRouteTest.java");

    @Test
    void theExampleIsATestThatRunsHere() throws Exception {
        var source = Files.readString(EXAMPLE);
        assertThat(Files.readString(PAGE)).contains(source.substring(source.indexOf("class KnowledgeBaseRouteTest")));
    }

    @Test
    void everyKindOfViolationIsExplained() throws Exception {
        assertThat(Files.readString(PAGE))
                .contains(Stream.of(Kind.values()).map(kind -> "`" + kind + "`").toList());
    }
}
