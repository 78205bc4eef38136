package io.github.cxoneassist.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Cursors in the table {@code webhook_cursor}, on SQLite and PostgreSQL. A cursor counts in the journal of one node, so
 * one that another node left is none: the numbers of two journals have nothing to do with each other.
 */
public final class JdbcCursorStore implements CursorStore {

    private static final String LOAD = "SELECT seq FROM webhook_cursor WHERE subscriber = ? AND node = ?";

    private static final String SAVE = "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES (?, ?, ?)"
            + " ON CONFLICT (subscriber, node) DO UPDATE SET seq = excluded.seq";

    private final DataSource dataSource;
    private final String node;

    /** @param dataSource gives connections that commit by themselves, which is what JDBC prescribes for new ones */
    public JdbcCursorStore(DataSource dataSource, String node) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.node = Objects.requireNonNull(node, "node");
    }

    @Override
    public OptionalLong load(String subscriberId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setString(1, subscriberId);
            select.setString(2, node);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        } catch (SQLException e) {
            throw new CursorStoreException("Can't read the cursor of subscriber " + subscriberId, e);
        }
    }

    @Override
    public void save(String subscriberId, long seq) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement(SAVE)) {
            upsert.setString(1, subscriberId);
            upsert.setString(2, node);
            upsert.setLong(3, seq);
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw new CursorStoreException("Can't save the cursor of subscriber " + subscriberId, e);
        }
    }
}
