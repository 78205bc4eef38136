package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresPartitionsTest extends PostgresDatabaseFixture {

    private String partitions() {
        return query("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_event'::regclass");
    }

    private static String partition(YearMonth month) {
        return "audit_event_" + month.toString().replace('-', '_');
    }

    @Test
    void partitionsAreMadeAheadByTheApplicationItself() {
        JournalDatabase.open(settings).close();
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        assertThat(partitions()).isEqualTo("14");
        server.execute(settings, "DROP TABLE " + partition(now.plusMonths(3)));

        JournalDatabase.open(appOnly).close();

        assertThat(partitions()).isEqualTo("14");
        assertThat(query("SELECT count(*) FROM " + partition(now.plusMonths(3))))
                .isEqualTo("0");
        assertThat(query("SELECT count(*) FROM " + partition(now.plusMonths(12))))
                .isEqualTo("0");
    }

    @Test
    void aMonthWithoutAPartitionIsKeptAllTheSame() {
        JournalDatabase.open(settings).close();
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        server.execute(settings, "DROP TABLE " + partition(now));
        try (HikariDataSource database = JournalDatabase.open(appOnly)) {
            assertThat(partitions()).isEqualTo("14");
        }
        server.execute(settings, "DROP TABLE " + partition(now));
        server.execute(
                settings,
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash) VALUES ('node-1', 1, '" + now
                        + "-01T00:00:00.000000Z', 'connected', '{}', repeat('0', 64), 'x')");

        try (HikariDataSource database = JournalDatabase.open(appOnly)) {
            assertThat(partitions()).isEqualTo("13");
            assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00.123456Z, audit_event_2026_11",
        "2026-11-30T23:59:59.999999Z, audit_event_2026_11",
        "2026-12-01T00:00:00.000000Z, audit_event_2026_12",
        "2019-12-31T23:59:59.999999Z, audit_event_rest",
        "never, audit_event_rest"
    })
    void aRowStandsInThePartitionOfItsMonth(String at, String partition) {
        JournalDatabase.open(settings).close();
        server.execute(
                settings,
                "CREATE TABLE IF NOT EXISTS audit_event_2026_11 PARTITION OF audit_event FOR VALUES FROM ('2026-11') TO"
                        + " ('2026-12')");
        server.execute(
                settings,
                "CREATE TABLE IF NOT EXISTS audit_event_2026_12 PARTITION OF audit_event FOR VALUES FROM ('2026-12') TO"
                        + " ('2027-01')");

        server.execute(
                settings,
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash) VALUES ('node-1', 1, '" + at
                        + "', 'connected', '{}', repeat('0', 64), 'x')");

        assertThat(query("SELECT tableoid::regclass::text FROM audit_event")).isEqualTo(partition);
    }
}
