package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLockTest {

    @TempDir
    Path folder;

    @Test
    void aSecondUserOfTheSameJournalIsTurnedAwayWithWhatToDo() {
        JournalLock first = JournalLock.take(settings("a.db"), "main");

        assertThatExceptionOfType(JournalDatabaseException.class)
                .isThrownBy(() -> JournalLock.take(settings("a.db"), "main"))
                .withMessageContaining("in use by another process")
                .withMessageContaining("a database of its own");
        first.close();
    }

    @Test
    void theNextOneGetsInWhenTheFirstIsGone() {
        JournalLock.take(settings("a.db"), "main").close();

        assertThatCode(() -> JournalLock.take(settings("a.db"), "main").close()).doesNotThrowAnyException();
    }

    @Test
    void anotherJournalIsNobodysBusiness() {
        JournalLock first = JournalLock.take(settings("a.db"), "main");

        assertThatCode(() -> JournalLock.take(settings("b.db"), "main").close()).doesNotThrowAnyException();
        first.close();
    }

    private DatabaseSettings settings(String file) {
        return new DatabaseSettings("jdbc:sqlite:" + folder.resolve(file), null, null);
    }
}
