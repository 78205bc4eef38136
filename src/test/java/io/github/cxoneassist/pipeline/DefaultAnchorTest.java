package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cxoneassist.journal.JournalDatabaseException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where checkpoints go unless a setting says otherwise. */
class DefaultAnchorTest {

    @TempDir
    Path folder;

    @Test
    void itIsBesideADatabaseInAFile() {
        assertThat(AuditSettings.defaultAnchorFile("jdbc:sqlite:" + folder.resolve("x.db")))
                .isEqualTo(folder.resolve("x.db.anchors.jsonl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:sub/x.db", "jdbc:sqlite:file:sub/x.db?cache=shared"})
    void itIsWhereTheDatabaseIsHoweverThatIsNamed(String url) {
        assertThat(AuditSettings.defaultAnchorFile(url))
                .isEqualTo(Path.of("sub/x.db.anchors.jsonl").toAbsolutePath());
    }

    @Test
    void itIsInAFolderOfOurOwnForADatabaseOnAServer() {
        assertThat(AuditSettings.defaultAnchorFile("jdbc:postgresql://db.example.com/assist"))
                .isEqualTo(Path.of("data/postgresql-db.example.com-assist.anchors.jsonl")
                        .toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example.com:5433/assist",
                "jdbc:postgresql://db.example.com/other",
                "jdbc:postgresql://db.example.com/assist?ssl=true&currentSchema=audit"
            })
    void noTwoDatabasesShareOne(String url) {
        assertThat(AuditSettings.defaultAnchorFile(url))
                .isNotEqualTo(AuditSettings.defaultAnchorFile("jdbc:postgresql://db.example.com/assist"));
    }

    @Test
    void itIsAppendedTo() {
        assertThat(AuditSettings.defaultAnchor("jdbc:sqlite:/var/lib/a b/x.db"))
                .isEqualTo("file:/?fileName=RAW(var/lib/a b/x.db.anchors.jsonl)&fileExist=Append&appendChars=\\n");
    }

    @Test
    void withoutADatabaseThereIsNone() {
        assertThatThrownBy(() -> AuditSettings.defaultAnchorFile("jdbc:sqlite::memory:"))
                .isInstanceOf(JournalDatabaseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a blank",
                "a#fragment",
                "a?b=c",
                "100%",
                "%41",
                "a+b",
                "a&b=c",
                "Prüfung",
                "日本",
                "{x}",
                "(a)",
                "a'b\"c",
                "a;b",
                "a,b@c",
                "RAW(x)",
                "~a"
            })
    void whateverIsInTheNameOfTheFolderOrTheFileItIsThatFile(String name) throws Exception {
        Path anchor = folder.resolve(name).resolve(name + ".anchors.jsonl");

        append(AuditSettings.appendTo(anchor), "one", "two");

        assertThat(Files.readAllLines(anchor)).containsExactly("one", "two");
        assertThat(folder.toFile().listFiles()).extracting(File::getName).containsExactly(name);
    }

    /** The way that a checkpoint goes. */
    private static void append(String uri, String... lines) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").toD("${variable.anchor}");
                }
            });
            context.start();
            for (String line : lines) {
                context.createFluentProducerTemplate()
                        .to("direct:in")
                        .withVariable("anchor", uri)
                        .withBody(line)
                        .request();
            }
        }
    }
}
