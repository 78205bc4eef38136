package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The checkpoints in the database, and which of them the anchor has. Blocking; thread-safe. */
public final class CheckpointStore {
    private static final String COLUMNS = "c.node, c.first_seq, c.seq, c.merkle_root, c.head_hash, c.at,"
            + " c.prev_checkpoint, c.hash, c.key_id, c.signature";

    private static final String NOT_ANCHORED = " FROM audit_checkpoint c WHERE NOT EXISTS"
            + " (SELECT 1 FROM audit_anchored a WHERE a.node = c.node AND a.seq = c.seq)";

    private final DataSource database;

    public CheckpointStore(DataSource database) {
        this.database = database;
    }

    /** The node's last. */
    public Optional<Checkpoint> last(String node) {
        return query(
                        "SELECT " + COLUMNS + " FROM audit_checkpoint c WHERE c.node = ? ORDER BY c.seq DESC LIMIT 1",
                        node)
                .stream()
                .findFirst();
    }

    /**
     * To be called before anything is written by who has no signing key: a log that was signed and goes on without would look
     * like that of somebody who has not the key.
     *
     * @throws JournalException where the node's last checkpoint is signed
     */
    public void refuseToGoUnsigned(String node) {
        last(node).filter(checkpoint -> checkpoint.signature() != null).ifPresent(checkpoint -> {
            throw new JournalException("the checkpoints of node " + node + " in the audit log are signed, and"
                    + " cxone.audit.signing-key-file is not set: set it to the file with the key. Where that is lost, a new"
                    + " key may take its place, and auditors keep the old public key beside the new one. To go on without"
                    + " signatures, begin a new chain with another cxone.node");
        });
    }

    /** The node's that end behind this row, in their order. */
    public List<Checkpoint> after(String node, long seq) {
        return query(
                "SELECT " + COLUMNS + " FROM audit_checkpoint c WHERE c.node = ? AND c.seq > ? ORDER BY c.seq",
                node,
                seq);
    }

    /** Fails where there is one for the same rows. */
    public void add(Checkpoint checkpoint) {
        update(
                "INSERT INTO audit_checkpoint (node, first_seq, seq, merkle_root, head_hash, at, prev_checkpoint, hash,"
                        + " key_id, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                checkpoint.node(),
                checkpoint.firstSeq(),
                checkpoint.seq(),
                checkpoint.merkleRoot(),
                checkpoint.headHash(),
                checkpoint.at(),
                checkpoint.prevCheckpoint(),
                checkpoint.hash(),
                checkpoint.keyId(),
                checkpoint.signature());
    }

    /** Those that the anchor does not have, each node's in their order. */
    public List<Checkpoint> notAnchored(int limit) {
        return query("SELECT " + COLUMNS + NOT_ANCHORED + " ORDER BY c.node, c.seq LIMIT ?", limit);
    }

    /** How many the anchor does not have. */
    public long countNotAnchored() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*)" + NOT_ANCHORED);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    /**
     * Notes it, unless somebody has already.
     *
     * @param at as in a row
     */
    public void anchored(Checkpoint checkpoint, String at) {
        update(
                "INSERT INTO audit_anchored (node, seq, at) SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM audit_anchored WHERE node = ? AND seq = ?)",
                checkpoint.node(),
                checkpoint.seq(),
                at,
                checkpoint.node(),
                checkpoint.seq());
    }

    private List<Checkpoint> query(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<Checkpoint> found = new ArrayList<>();
            while (result.next()) {
                found.add(JdbcAuditSource.checkpoint(result));
            }
            return found;
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private void update(String sql, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed("written", e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static JournalException failed(String what, SQLException e) {
        return new JournalException("the checkpoints could not be " + what + ": " + e.getMessage(), e);
    }
}
