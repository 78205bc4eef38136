package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.ManualAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder. */
class FileSourceTest {

    @TempDir
    static Path folder;

    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(folder, new ManualAgent());
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void aBadLineCostsItsNeighboursNothing() throws Exception {
        assist.drop(
                "bad-line.ndjson",
                String.join(
                        "\n",
                        Suggestions.valid("file-1", "before").toString(),
                        "{\"interactionId\":\"file-1\",",
                        "\u0000\u0001",
                        "{\"x\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}",
                        Suggestions.valid("file-1", "after").toString()));

        awaitDone("bad-line.ndjson");
        assertThat(assist.cxone().referee().sends("file-1", "before")).isEqualTo(1);
        assertThat(assist.cxone().referee().sends("file-1", "after")).isEqualTo(1);
        assertThat(assist.auditLines())
                .containsSubsequence(
                        "injected before",
                        "validation_failed null malformed",
                        "validation_failed null malformed",
                        "validation_failed null too_large",
                        "injected after");
    }

    @Test
    void aJsonFileHoldsOneObject() throws Exception {
        assist.drop("one.json", Suggestions.valid("file-2", "only").toPrettyString());

        awaitDone("one.json");
        assertThat(assist.cxone().referee().sends("file-2", "only")).isEqualTo(1);
    }

    @Test
    void aJsonFileHoldsAnArray() throws Exception {
        assist.drop(
                "many.json",
                "[\n" + Suggestions.valid("file-3", "a").toPrettyString() + ",\n"
                        + Suggestions.valid("file-3", "b").toPrettyString() + "\n]\n");

        awaitDone("many.json");
        assertThat(assist.cxone().referee().suggestions("file-3")).hasSize(2);
    }

    @Test
    void anEmptyFileIsPutAsideAndTheNextIsRead() throws Exception {
        assist.drop("empty.ndjson", "");
        assist.drop("next.ndjson", Suggestions.valid("file-4", "a").toString());

        awaitDone("empty.ndjson");
        awaitDone("next.ndjson");
        assertThat(assist.cxone().referee().sends("file-4", "a")).isEqualTo(1);
    }

    @Test
    void aFileThatDisappearsBeforeItIsReadCostsTheNextNothing() throws Exception {
        // a link whose target is gone is in the listing, and gone when it is opened
        Files.createDirectories(assist.inbox());
        Files.createSymbolicLink(assist.inbox().resolve("vanished.ndjson"), folder.resolve("nowhere"));
        assist.drop("stays.ndjson", Suggestions.valid("file-5", "a").toString());

        awaitDone("stays.ndjson");
        assertThat(assist.cxone().referee().sends("file-5", "a")).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadToItsEndIsPutAsideAsAnErrorAndTheNextIsRead() throws Exception {
        // reading it fails on Linux, whoever reads
        Path unreadable = Path.of("/proc/self/mem");
        assumeThat(unreadable).exists();
        Files.createDirectories(assist.inbox());
        Files.createSymbolicLink(assist.inbox().resolve("unreadable.ndjson"), unreadable);
        assist.drop("readable.ndjson", Suggestions.valid("file-8", "a").toString());

        awaitIn(".error", "unreadable.ndjson");
        awaitDone("readable.ndjson");
    }

    @Test
    void otherFilesAreLeftAlone() throws Exception {
        assist.drop("notes.txt", Suggestions.valid("file-6", "a").toString());
        assist.drop("after-notes.ndjson", Suggestions.valid("file-6", "b").toString());

        awaitDone("after-notes.ndjson");
        assertThat(assist.cxone().referee().sends("file-6", "a")).isZero();
        assertThat(assist.inbox().resolve("notes.txt")).exists();
    }

    @Test
    void linesOfOneFileAreSentInTheirOrder() throws Exception {
        List<String> ids =
                Stream.iterate(1, i -> i + 1).limit(100).map(i -> "line-" + i).toList();
        assist.drop(
                "order.ndjson",
                String.join(
                        "\n",
                        ids.stream()
                                .map(id -> Suggestions.valid("file-7-" + id, id).toString())
                                .toList()));

        awaitDone("order.ndjson");
        assertThat(assist.cxone().referee().suggestions().stream()
                        .filter(suggestion -> suggestion.id().startsWith("line-"))
                        .map(suggestion -> suggestion.id()))
                .containsExactlyElementsOf(ids);
    }

    private static void awaitDone(String name) {
        awaitIn(".done", name);
        assertThat(assist.inbox().resolve(name)).doesNotExist();
    }

    private static void awaitIn(String folder, String name) {
        await().until(() -> {
            Path aside = assist.inbox().resolve(folder);
            if (!Files.isDirectory(aside)) {
                return false;
            }
            try (Stream<Path> files = Files.list(aside)) {
                return files.anyMatch(file -> file.getFileName().toString().endsWith("-" + name));
            } catch (IOException e) {
                return false;
            }
        });
    }
}
