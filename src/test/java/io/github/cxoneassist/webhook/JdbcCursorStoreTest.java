package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class JdbcCursorStoreTest {

    @TempDir
    private Path directory;

    private final SQLiteDataSource database = new SQLiteDataSource();

    @BeforeEach
    void openDatabase() {
        database.setUrl("jdbc:sqlite:" + directory.resolve("cursors.db"));
    }

    @Test
    void aSubscriberThatWasNeverSavedHasNoCursor() throws SQLException {
        createTable();

        assertThat(store("node-1").load("a")).isEmpty();
    }

    @Test
    void theLastCursorSavedIsTheOneLoadedAlsoByAStoreMadeLater() throws SQLException {
        createTable();
        CursorStore store = store("node-1");
        store.save("a", 7);
        store.save("a", 1L << 40);
        store.save("b", 3);

        assertThat(store("node-1").load("a")).hasValue(1L << 40);
        assertThat(store("node-1").load("b")).hasValue(3);
    }

    @Test
    void aCursorOfAnotherNodeSaysNothing() throws SQLException {
        createTable();
        store("node-1").save("a", 7);

        assertThat(store("node-2").load("a")).isEmpty();
    }

    @Test
    void aDatabaseThatFailsIsNamedWithItsCause() {
        assertThatExceptionOfType(CursorStoreException.class)
                .isThrownBy(() -> store("node-1").load("a"))
                .withMessage("Can't read the cursor of subscriber a")
                .withCauseInstanceOf(SQLException.class);
        assertThatExceptionOfType(CursorStoreException.class)
                .isThrownBy(() -> store("node-1").save("a", 1))
                .withMessage("Can't save the cursor of subscriber a")
                .withCauseInstanceOf(SQLException.class);
    }

    private CursorStore store(String node) {
        return new JdbcCursorStore(database, node);
    }

    private void createTable() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE webhook_cursor (subscriber TEXT NOT NULL, node TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (subscriber, node))");
        }
    }
}
