package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Real SQLite files for tests, and a look into them that does not go through the code under test. */
public final class SqliteDatabases {
    private SqliteDatabases() {}

    public static HikariDataSource in(Path folder) {
        return JournalDatabase.open(new DatabaseSettings(url(folder), null, null));
    }

    static String url(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("journal.db");
    }

    public static List<SuggestionText> texts(DataSource database, String node) {
        String sql = "SELECT seq, interaction_id, content FROM suggestion_text WHERE node = ? ORDER BY seq";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            List<SuggestionText> texts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    texts.add(new SuggestionText(node, row.getLong(1), row.getString(2), row.getString(3)));
                }
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String query(DataSource database, String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
