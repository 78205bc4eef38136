package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that cannot be used, in words that help, and how commits and locks are asked for. */
class PostgresConnectionTest extends PostgresDatabaseFixture {

    @Test
    void aWrongPasswordIsToldWithoutIt() {
        assertThatThrownBy(() -> JournalDatabase.open(new DatabaseSettings(settings.url(), "cxone_assist", "s3cret")))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage(name + " refuses the user \"cxone_assist\": check cxone.database-user and its password (the"
                        + " server says: FATAL: password authentication failed for user \"cxone_assist\")");
    }

    @Test
    void aWrongPasswordOfTheOwnerIsToldToBeTheOwners() {
        DatabaseSettings wrong = new DatabaseSettings(
                settings.url(), settings.user(), settings.password(), PostgresCluster.OWNER, "s3cret");

        assertThatThrownBy(() -> JournalDatabase.open(wrong))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith(name + " refuses the user \"cxone_assist_owner\": check"
                        + " cxone.database-migrate-user and its password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aServerThatIsAwayIsToldToBe() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> JournalDatabase.open(new DatabaseSettings(
                        "jdbc:postgresql://localhost:" + port + "/assist?sslpassword=s3cret", "me", null)))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith("the journal database postgresql://localhost:" + port
                        + "/assist cannot be reached: check that the server runs, and host and port in the URL (")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aDatabaseThatDoesNotExistIsToldToBeMissing() {
        assertThatThrownBy(() -> JournalDatabase.open(
                        new DatabaseSettings(settings.url() + "_x", PostgresCluster.APP, PostgresCluster.APP_PASSWORD)))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage(name + "_x does not exist on that server: make it, or name another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//me:s3cret@db/assist", "//db/assist?user=s3cret", "//db/assist?ssl=true&password=s3cret"})
    void aUserInTheUrlIsRefusedWithoutQuotingIt(String place) {
        assertRefused(() -> JournalDatabase.open(new DatabaseSettings("jdbc:postgresql:" + place, "me", "other")))
                .hasMessage("the URL of the journal database holds a user or a password: name them in"
                        + " cxone.database-user and cxone.database-password, and take them out of the URL");
    }

    @Test
    void aDatabaseThatCannotHoldEveryTextIsRefused() {
        String latin = "latin_" + System.nanoTime();
        server.execute(
                settings,
                "CREATE DATABASE " + latin + " OWNER " + PostgresCluster.OWNER
                        + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        DatabaseSettings wrong = new DatabaseSettings(
                settings.url().replace(database(), latin), PostgresCluster.APP, PostgresCluster.APP_PASSWORD);
        try {
            assertRefused(() -> JournalDatabase.open(wrong))
                    .hasMessageEndingWith(
                            latin
                                    + " has the encoding LATIN1, which does not hold every text: make one with ENCODING 'UTF8'");
        } finally {
            server.drop(wrong);
        }
    }

    @Test
    void aCommitIsOnDiskWhenItReturnsWhateverTheServersDefaultIs() {
        try (HikariDataSource database = JournalDatabase.open(settings)) {
            assertThat(SqliteDatabases.query(database, "SHOW synchronous_commit"))
                    .isEqualTo("on");
        }
        assertThat(query("SHOW synchronous_commit")).isEqualTo("off");
    }

    @Test
    void aLockIsWaitedForAndADeadMachineOfOursIsNoticed() {
        try (HikariDataSource database = JournalDatabase.open(settings)) {
            assertThat(SqliteDatabases.query(database, "SHOW lock_timeout")).isEqualTo("5s");
            assertThat(SqliteDatabases.query(database, "SHOW idle_in_transaction_session_timeout"))
                    .isEqualTo("1min");
            assertThat(SqliteDatabases.query(database, "SHOW tcp_keepalives_idle"))
                    .isEqualTo("10");
        }
    }

    @Test
    void aTableThatSomebodyLocksFailsAWriteInsteadOfHoldingItForEver() throws Exception {
        JournalDatabase.open(settings).close();
        try (HikariDataSource database = JournalDatabase.open(appOnly, Duration.ofMillis(300));
                Connection other = server.superuser(settings);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE");
            JournalBatch batch = new JournalBatch(Chains.of("node-1", Chains.injected("s-1")), List.of());

            assertThatThrownBy(() -> new JdbcStore(database).write(batch)).hasMessageContaining("lock timeout");

            other.rollback();
            assertThatCode(() -> new JdbcStore(database).write(batch)).doesNotThrowAnyException();
        }
    }
}
