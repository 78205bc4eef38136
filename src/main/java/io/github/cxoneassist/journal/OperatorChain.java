package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What an operator does to the log, recorded in a chain beside the application's, so that both can write at the same time.
 * The deed and its row are one transaction: neither is there without the other. Whoever has the lock of the chain's node
 * may use it, one thread at a time.
 */
public final class OperatorChain {

    /** Something that is done within a transaction. */
    public interface Deed {
        /**
         * Does it. The first statement has to write: SQLite refuses a transaction that read before another wrote.
         *
         * @return what is to be recorded; empty where nothing was done, and then all is rolled back
         */
        Optional<JournalEntry> on(Connection connection) throws SQLException;
    }

    private final DataSource database;
    private final JournalReader reader;
    private final String node;
    private final ChainKeys keys;
    private final Clock clock;

    /**
     * @param node of the application; the chain is that of {@link #nodeOf}
     * @throws JournalException where the chain was keyed and there is no key
     */
    public OperatorChain(DataSource database, String node, ChainKeys keys, Clock clock) {
        this.database = database;
        this.reader = new JdbcJournalReader(database);
        this.node = nodeOf(node);
        this.keys = keys;
        this.clock = clock;
        keys.refuseToBeDropped(reader, this.node);
    }

    /** The node under which the operators of a node write. */
    public static String nodeOf(String node) {
        return node + AuditVerifier.OPERATOR;
    }

    /** Does it and records it, or neither. Empty where nothing was done. */
    Optional<JournalRow> record(Deed deed) {
        // nobody else writes this chain, so it may be read before the transaction
        ChainHead head = reader.head(node);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<JournalRow> row = deed.on(connection).map(entry -> row(head, entry));
                if (row.isPresent()) {
                    insert(connection, row.get());
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return row;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new JournalException("nothing was changed, the database refused: " + e.getMessage(), e);
        }
    }

    private JournalRow row(ChainHead head, JournalEntry entry) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant at = now.isBefore(head.at()) ? head.at() : now;
        return HashChain.next(head, node, at, entry, keys.writing().orElse(null));
    }

    private static void insert(Connection connection, JournalRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RowColumns.INSERT)) {
            int column = 0;
            for (Object value : RowColumns.values(row)) {
                column++;
                statement.setObject(column, value);
            }
            statement.executeUpdate();
        }
    }
}
