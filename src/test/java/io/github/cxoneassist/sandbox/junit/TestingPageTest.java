package io.github.cxoneassist.sandbox.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.Violation.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/testing.md says what is so. */
class TestingPageTest {

    private static final Path PAGE = Path.of("docs/testing.md");
    /** In a package of its own, so that nothing of ours is within its reach that a reader has to import. */
    private static final Path EXAMPLE = Path.of("src/test/java/com/example/KnowledgeBaseRouteTest.java");

    @Test
    void theExampleIsATestThatRunsHere() throws Exception {
        var source = Files.readString(EXAMPLE);
        assertThat(Files.readString(PAGE))
                .contains("```java\n" + source.substring(source.indexOf("import ")) + "```\n");
    }

    @Test
    void everyKindOfViolationIsExplained() throws Exception {
        assertThat(Files.readString(PAGE))
                .contains(Stream.of(Kind.values()).map(kind -> "`" + kind + "`").toList());
    }

    @Test
    void everySuiteThatIsNamedIsThere() throws Exception {
        var page = Files.readString(PAGE);
        var named = Pattern.compile("`(\\w+(?:Test|IT|Contract))`")
                .matcher(page.substring(page.indexOf("## How the project tests")))
                .results()
                .map(match -> match.group(1) + ".java")
                .toList();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsAll(named);
        }
        assertThat(named).hasSizeGreaterThan(15);
    }
}
