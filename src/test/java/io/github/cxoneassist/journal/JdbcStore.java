package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** The smallest store that keeps the contract: plain JDBC, one transaction a batch. */
public final class JdbcStore implements JournalStore {
    private final DataSource database;

    public JdbcStore(DataSource database) {
        this.database = database;
    }

    @Override
    public ChainHead head(String node) {
        return new JdbcJournalReader(database).head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // the column of keys is left out where nothing would be in it: the first version had none
                boolean keyed = batch.rows().stream().anyMatch(row -> row.keyId() != null);
                insert(
                        connection,
                        "INSERT INTO audit_event (node, seq, at, event, interaction_id, suggestion_id, reason, details,"
                                + " prev_hash, hash" + (keyed ? ", key_id" : "") + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
                                + " ?, ?" + (keyed ? ", ?)" : ")"),
                        batch.rows().stream()
                                .map(JdbcStore::values)
                                .map(values -> keyed ? values : Arrays.copyOf(values, values.length - 1))
                                .toList());
                insert(
                        connection,
                        "INSERT INTO suggestion_text (node, seq, interaction_id, content) VALUES (?, ?, ?, ?)",
                        batch.texts().stream().map(JdbcStore::values).toList());
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new JournalException("batch not written: " + e.getMessage(), e);
        }
    }

    private static void insert(Connection connection, String sql, List<Object[]> lines) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] line : lines) {
                for (int i = 0; i < line.length; i++) {
                    statement.setObject(i + 1, line[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Object[] values(JournalRow row) {
        return new Object[] {
            row.node(),
            row.seq(),
            row.atText(),
            row.event(),
            row.interactionId(),
            row.suggestionId(),
            row.reason(),
            row.details(),
            row.prevHash(),
            row.hash(),
            row.keyId()
        };
    }

    private static Object[] values(SuggestionText text) {
        return new Object[] {text.node(), text.seq(), text.interactionId(), text.content()};
    }
}
