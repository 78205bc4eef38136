package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void aNewFileAndItsFoldersAreMade() {
        Path file = folder.resolve("a/b/journal.db");

        open("jdbc:sqlite:" + file).close();

        assertThat(file).isRegularFile();
    }

    @Test
    void aNewFileAndThoseBesideItAreForTheirOwnerAlone() throws Exception {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            SqliteDatabases.execute(database, "INSERT INTO restart VALUES ('node-1', 'x', 'y')");

            for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .as(name)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aFileThatIsThereKeepsTheRightsThatSomebodyGaveIt() throws Exception {
        Path file = Files.createFile(folder.resolve("journal.db"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        SqliteDatabases.in(folder).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aCommitIsOnDiskWhenItReturns() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            assertThat(SqliteDatabases.query(database, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(SqliteDatabases.query(database, "PRAGMA synchronous")).isEqualTo("2");
        }
    }

    @Test
    void aLockIsWaitedForAndReferencesAreKeptAndErasedTextIsOverwritten() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            assertThat(SqliteDatabases.query(database, "PRAGMA busy_timeout")).isEqualTo("5000");
            assertThat(SqliteDatabases.query(database, "PRAGMA foreign_keys")).isEqualTo("1");
            assertThat(SqliteDatabases.query(database, "PRAGMA secure_delete")).isEqualTo("1");
        }
    }

    @Test
    void whatWasWrittenIsThereWhenItIsOpenedAgain() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            SqliteDatabases.execute(
                    database, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 7)");
        }
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            assertThat(SqliteDatabases.query(database, "SELECT seq FROM webhook_cursor"))
                    .isEqualTo("7");
        }
    }

    @Test
    void aConnectionThatMetALockHasItsTransactionAgainAfterwards() throws SQLException {
        DatabaseSettings settings = new DatabaseSettings(SqliteDatabases.url(folder), null, null);
        try (HikariDataSource database = JournalDatabase.open(settings);
                HikariDataSource impatient = JournalDatabase.open(settings, Duration.ofMillis(1));
                Connection spoiled = impatient.getConnection();
                Statement statement = spoiled.createStatement()) {
            try (Connection other = database.getConnection();
                    Statement lock = other.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                spoiled.setAutoCommit(false);
                assertThatThrownBy(() -> statement.execute(
                                "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 1)"))
                        .hasMessageContaining("SQLITE_BUSY");
                spoiled.rollback();
                spoiled.setAutoCommit(true);
                lock.execute("ROLLBACK");
            }

            spoiled.setAutoCommit(false);
            statement.execute("INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 1)");
            assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM webhook_cursor"))
                    .isEqualTo("0");
            spoiled.commit();
            assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM webhook_cursor"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/journal?password=s3cret", "jdbc:h2:mem:x", "journal.db", ""})
    void anotherKindOfDatabaseIsNotSupported(String url) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageEndingWith("is not supported: the URL has to start with jdbc:sqlite: or jdbc:postgresql:")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x?mode=memory&cache=shared"})
    void aJournalInMemoryIsRefused(String url) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage("a journal needs a file: name one in the URL, as in jdbc:sqlite:data/journal.db");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> open("jdbc:sqlite:" + file + "/sub/journal.db"))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith("the folder " + file + "/sub for the journal cannot be created: ");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        // /sys refuses new files to root too, as whom tests often run in a container
        assumeTrue(Files.isDirectory(Path.of("/sys/kernel")));

        assertThatThrownBy(() -> open("jdbc:sqlite:/sys/kernel/journal.db"))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageContaining("/sys/kernel")
                .hasMessageMatching("(?s).*(is not writable|cannot be opened for writing).*");
    }

    @Test
    void aFileThatIsNoDatabaseIsNotTouched() throws IOException {
        Path file = folder.resolve("journal.db");
        String text = "Dear diary, ".repeat(1_000);
        Files.writeString(file, text);

        assertThatThrownBy(() -> SqliteDatabases.in(folder))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage("the journal database " + file + " is not a SQLite database: name another file");
        assertThat(file).hasContent(text);
    }

    @Test
    void aDatabaseThatIsSomebodyElsesIsNotTouched() throws SQLException {
        plain("CREATE TABLE invoices (id INTEGER)");

        assertThatThrownBy(() -> SqliteDatabases.in(folder))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith(
                        "the journal database " + folder.resolve("journal.db") + " cannot be used as a journal: ");
    }

    @Test
    void aDatabaseThatIsLockedIsSaidToBe() throws SQLException {
        SqliteDatabases.in(folder).close();
        try (Connection other = DriverManager.getConnection(SqliteDatabases.url(folder));
                Statement statement = other.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 1)");

            assertThatThrownBy(() -> JournalDatabase.open(
                            new DatabaseSettings(SqliteDatabases.url(folder), null, null), Duration.ofMillis(50)))
                    .isInstanceOf(JournalDatabaseException.class)
                    .hasMessage("the journal database " + folder.resolve("journal.db")
                            + " is locked by another process: stop the other one, or give this one a file of its own");
        }
    }

    @Test
    void aSchemaThatIsNewerThanThisProgramIsRefused() throws SQLException {
        SqliteDatabases.in(folder).close();
        plain("INSERT INTO flyway_schema_history SELECT 99, '99', 'the future', type, 'V99__the_future.sql', 1,"
                + " installed_by, installed_on, 1, 1 FROM flyway_schema_history WHERE version = '1'");

        assertThatThrownBy(() -> SqliteDatabases.in(folder))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage("the journal database " + folder.resolve("journal.db")
                        + " was written by a newer version of this program (its schema is 99):"
                        + " use that version, or another database");
    }

    @Test
    void theMigrationsAreFoundWhateverTheContextClassLoaderIs() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(empty);
            try (HikariDataSource database = SqliteDatabases.in(folder)) {
                assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"))
                        .isEqualTo("0");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static HikariDataSource open(String url) {
        return JournalDatabase.open(new DatabaseSettings(url, null, null));
    }

    private void plain(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SqliteDatabases.url(folder));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
