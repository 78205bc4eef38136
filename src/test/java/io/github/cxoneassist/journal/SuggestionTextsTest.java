package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestionTextsTest extends SuggestionTextsContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Test
    void anErasedTextIsInNoFileOfTheDatabase() throws IOException {
        String secret = "a text that nobody may find again";
        append(JournalEntry.of(JournalEvent.INJECTED, "secret", "s-x").withText(secret));
        assertThat(filesWith(secret)).isNotEmpty();

        texts.erase("secret", StoredLog.chain(database), NOW);

        assertThat(texts.forget()).isTrue();
        assertThat(filesWith(secret)).isEmpty();
    }

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }
}
