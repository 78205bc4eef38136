package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class JdbcStoreOnPostgresTest extends JournalStoreContract {
    private TestDatabase testDatabase;
    private HikariDataSource database;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.postgres();
        database = testDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
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
