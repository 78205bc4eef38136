package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Reads the journal from any database that the migrations support; the SQL is what they all understand. */
public final class JdbcJournalReader implements JournalReader {
    private static final String ROWS = "SELECT " + RowColumns.LIST + " FROM audit_event WHERE node = ?";

    private final DataSource database;

    public JdbcJournalReader(DataSource database) {
        this.database = database;
    }

    @Override
    public List<JournalRow> after(String node, long seq, Set<JournalEvent> events, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(node, seq));
        String sql = ROWS + " AND seq > ?";
        if (!events.isEmpty()) {
            sql += " AND event IN (" + String.join(", ", Collections.nCopies(events.size(), "?")) + ")";
            events.forEach(event -> parameters.add(event.wireName()));
        }
        parameters.add(limit);
        return query(sql + " ORDER BY seq LIMIT ?", parameters);
    }

    @Override
    public ChainHead head(String node) {
        List<JournalRow> last = query(ROWS + " ORDER BY seq DESC LIMIT 1", List.of(node));
        return last.isEmpty() ? ChainHead.GENESIS : ChainHead.of(last.get(0));
    }

    @Override
    public List<String> nodes() {
        // one look into the primary key for each node; DISTINCT would read all of it
        String sql = "SELECT MIN(node) FROM audit_event WHERE node > ?";
        List<String> nodes = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            String next = "";
            while (next != null) {
                statement.setString(1, next);
                next = firstText(statement);
                if (next != null) {
                    nodes.add(next);
                }
            }
            return nodes;
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private List<JournalRow> query(String sql, List<Object> parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static List<JournalRow> rows(ResultSet result) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        while (result.next()) {
            try {
                rows.add(RowColumns.read(result));
            } catch (DateTimeException e) {
                if (rows.isEmpty()) {
                    throw new DamagedRowException(result.getString("node"), result.getLong("seq"), e);
                }
                return rows;
            }
        }
        return rows;
    }

    private static String firstText(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getString(1) : null;
        }
    }

    private static JournalException unreadable(SQLException e) {
        return new JournalException("the journal could not be read: " + e.getMessage(), e);
    }
}
