package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own on the shared server. */
abstract class PostgresDatabaseFixture {
    final PostgresCluster server = TestDatabase.sharedServer();
    DatabaseSettings settings;
    DatabaseSettings appOnly;
    String name;

    @BeforeEach
    void create() {
        settings = server.emptyDatabase();
        appOnly = new DatabaseSettings(settings.url(), settings.user(), settings.password());
        name = "the journal database " + settings.url().substring("jdbc:".length());
    }

    @AfterEach
    void drop() {
        server.drop(settings);
    }

    void assertRefused(DatabaseSettings wrong, String message) {
        assertRefused(() -> JournalDatabase.open(wrong)).hasMessage(name + message);
    }

    static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable open) {
        return assertThatThrownBy(open).isInstanceOf(JournalDatabaseException.class);
    }

    String database() {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    String query(String sql) {
        try (Connection connection = server.superuser(settings);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
