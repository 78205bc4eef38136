package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cursors in one kind of database. */
abstract class JdbcCursorStoreContract {

    private TestDatabase testDatabase;
    private HikariDataSource database;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void openDatabase() {
        testDatabase = newDatabase();
        database = testDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void aSubscriberThatWasNeverSavedHasNoCursor() {
        assertThat(store("node-1").load("a")).isEmpty();
    }

    @Test
    void theLastCursorSavedIsTheOneLoadedAlsoByAStoreMadeLater() {
        CursorStore store = store("node-1");
        store.save("a", 7);
        store.save("a", 1L << 40);
        store.save("b", 3);

        assertThat(store("node-1").load("a")).hasValue(1L << 40);
        assertThat(store("node-1").load("b")).hasValue(3);
    }

    @Test
    void aCursorOfAnotherNodeSaysNothing() {
        store("node-1").save("a", 7);

        assertThat(store("node-2").load("a")).isEmpty();
    }

    @Test
    void aDatabaseThatFailsIsNamedWithItsCause() {
        testDatabase.tamper("DROP TABLE webhook_cursor");

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
}
