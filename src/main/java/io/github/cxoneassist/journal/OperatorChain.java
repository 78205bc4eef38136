package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator does to the log, recorded in a chain beside the application's, so that both can write at the same time.
 * The deed and its row are one transaction: neither is there without the other. Whoever has the lock of the chain's node
 * may use it, one thread at a time.
 *
 * <p>Each row gets its checkpoint at once: it may be all that speaks for rows which are gone, and the application, which
 * makes the others, may be down for long.
 */
public final class OperatorChain {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorChain.class);

    private static final int CHECKPOINT_ROWS = 10_000;

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
    private final CheckpointStore checkpoints;
    private final CheckpointMaker maker;
    /** Without a key, checkpoints are left to who has one, if somebody has. */
    private final boolean signs;

    private final Clock clock;

    /**
     * @param node of the application; the chain is that of {@link #nodeOf}
     * @param signingKey for its checkpoints; null for none
     * @throws JournalException where the chain was keyed and there is no key
     */
    public OperatorChain(DataSource database, String node, ChainKeys keys, SigningKey signingKey, Clock clock) {
        this.database = database;
        this.reader = new JdbcJournalReader(database);
        this.node = nodeOf(node);
        this.keys = keys;
        this.clock = clock;
        this.checkpoints = new CheckpointStore(database);
        this.maker = new CheckpointMaker(reader, checkpoints, keys, signingKey, clock, CHECKPOINT_ROWS);
        this.signs = signingKey != null || !isSigned(node) && !isSigned(this.node);
        keys.refuseToBeDropped(reader, this.node);
    }

    /** The node under which the operators of a node write. */
    public static String nodeOf(String node) {
        return node + AuditVerifier.OPERATOR;
    }

    private boolean isSigned(String of) {
        return checkpoints
                .last(of)
                .filter(checkpoint -> checkpoint.signature() != null)
                .isPresent();
    }

    /** Does it and records it, or neither. Empty where nothing was done. */
    Optional<JournalRow> record(Deed deed) {
        Optional<JournalRow> row = commit(deed);
        if (row.isPresent() && signs) {
            cover();
        }
        return row;
    }

    /** What is done is done: a checkpoint that cannot be made now is the application's to make. */
    private void cover() {
        try {
            maker.make(node);
        } catch (JournalException e) {
            LOG.warn(
                    "It is done and recorded, but has no checkpoint before the application makes one: {}",
                    e.getMessage());
        }
    }

    private Optional<JournalRow> commit(Deed deed) {
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
