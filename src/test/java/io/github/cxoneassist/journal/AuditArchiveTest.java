package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AuditArchiveTest extends AuditArchiveContract {
    private Path place;

    @Override
    TestDatabase newDatabase() {
        try {
            // a test may ask for another one
            place = Files.createTempDirectory(folder, "log");
            return TestDatabase.sqlite(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void fillTheDisk() {
        SqliteDatabases.execute(
                database,
                "CREATE TRIGGER no_row_of_an_operator BEFORE INSERT ON audit_event WHEN NEW.event = 'archived'"
                        + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    }

    @Override
    void takeTheGuardOff() {
        SqliteDatabases.execute(database, "DROP TRIGGER audit_event_never_shrinks");
    }

    @Test
    void removedTextsAreInNoFileOfTheDatabase() throws IOException {
        archive(LATER, true);

        for (String name : new String[] {"journal.db", "journal.db-wal"}) {
            assertThat(new String(Files.readAllBytes(place.resolve(name)), "ISO-8859-1"))
                    .doesNotContain("Text of s-1");
        }
    }
}
