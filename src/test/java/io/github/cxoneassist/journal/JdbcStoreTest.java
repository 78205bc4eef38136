package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcStoreTest extends JournalStoreContract {
    @TempDir
    Path folder;

    private HikariDataSource database;

    @BeforeEach
    void open() {
        database = SqliteDatabases.in(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    protected JournalStore store() {
        return new JdbcStore(database);
    }

    @Override
    protected JournalReader reader() {
        return new JdbcJournalReader(database);
    }

    @Override
    protected List<SuggestionText> texts(String node) {
        return SqliteDatabases.texts(database, node);
    }
}
