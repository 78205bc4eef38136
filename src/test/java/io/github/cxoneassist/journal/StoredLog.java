package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** A small audit log in a database: one row a millisecond, every second one with a text. */
final class StoredLog {
    static final String NODE = "main";
    static final ChainKeys KEYS = new ChainKeys(List.of(AuditLog.KEY));
    static final SigningKey SIGNING = SigningKeys.fresh();
    static final PublicKeys PUBLIC = SigningKeys.publicOf(SIGNING);

    private StoredLog() {}

    /** So many rows, with a checkpoint for so many of them, and the rows behind the last one without. */
    static void store(HikariDataSource database, int rows, int perCheckpoint) {
        store(database, AuditLog.of(NODE, rows, perCheckpoint, AuditLog.KEY, SIGNING));
    }

    static void store(HikariDataSource database, AuditLog log) {
        for (String node : log.nodes()) {
            new JdbcStore(database)
                    .write(new JournalBatch(
                            log.rows.stream()
                                    .filter(row -> row.node().equals(node))
                                    .toList(),
                            log.texts.stream()
                                    .filter(text -> text.node().equals(node))
                                    .toList()));
        }
        log.checkpoints.forEach(new CheckpointStore(database)::add);
    }

    /** All of a log as it is, past all guards. */
    static void force(TestDatabase testDatabase, HikariDataSource database, AuditLog log) {
        try (Connection connection = testDatabase.unguarded()) {
            connection.setAutoCommit(false);
            JdbcStore.write(connection, new JournalBatch(log.rows, log.texts));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        log.checkpoints.forEach(new CheckpointStore(database)::add);
    }

    static OperatorChain chain(HikariDataSource database) {
        return new OperatorChain(database, NODE, KEYS, SIGNING, clock());
    }

    static LegalHolds holds(HikariDataSource database) {
        return new LegalHolds(database, chain(database), clock());
    }

    /** A day after the log was written. */
    static Clock clock() {
        return Clock.fixed(Chains.START.plusSeconds(86_400), ZoneOffset.UTC);
    }

    /** Of logs with keys and without. */
    static AuditExport export(HikariDataSource database, SigningKey key) {
        JdbcAuditSource source = new JdbcAuditSource(database);
        boolean keyed = source.firstKeyedFrom(NODE, 1).isPresent();
        return new AuditExport(
                source,
                new AuditVerifier(keyed ? KEYS : ChainKeys.NONE, keyed ? PUBLIC : PublicKeys.NONE, Anchors.NONE, 10),
                key,
                clock());
    }

    static AuditReport verify(HikariDataSource database) {
        return new AuditVerifier(KEYS, PUBLIC, Anchors.NONE, 100).verify(new JdbcAuditSource(database));
    }

    /** {@code event details} of what operators did. */
    static List<String> operatorRows(HikariDataSource database) {
        return new JdbcJournalReader(database)
                .after(NODE + ".operator", 0, Set.of(), 100).stream()
                        .map(row -> row.event() + " " + row.details())
                        .toList();
    }
}
