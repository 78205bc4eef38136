package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
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
                write(connection, batch);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new JournalException("batch not written: " + e.getMessage(), e);
        }
    }

    /** Within a transaction of the caller's. */
    static void write(Connection connection, JournalBatch batch) throws SQLException {
        // the column of keys, which is the last, is left out where nothing would be in it: the first version had none
        boolean keyed = batch.rows().stream().anyMatch(row -> row.keyId() != null);
        List<String> columns = RowColumns.NAMES.subList(0, RowColumns.NAMES.size() - (keyed ? 0 : 1));
        insert(
                connection,
                "audit_event",
                columns,
                batch.rows().stream()
                        .map(row -> RowColumns.values(row).subList(0, columns.size()))
                        .toList());
        insert(
                connection,
                "suggestion_text",
                List.of("node", "seq", "interaction_id", "content"),
                batch.texts().stream()
                        .map(text ->
                                Arrays.<Object>asList(text.node(), text.seq(), text.interactionId(), text.content()))
                        .toList());
    }

    private static void insert(Connection connection, String table, List<String> columns, List<List<Object>> lines)
            throws SQLException {
        String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<Object> line : lines) {
                for (int i = 0; i < line.size(); i++) {
                    statement.setObject(i + 1, line.get(i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
