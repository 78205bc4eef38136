package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcRecoveryReaderTest extends JdbcRecoveryReaderContract {
    @TempDir
    Path folder;

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Test
    void whatIsOpenIsFoundByItsIndexAndReadInItsOrderWithoutALargeSort() throws SQLException {
        assertThat(plan(JdbcRecoveryReader.OPEN, "node-1", "2026-11-22T08:00:00", "node-1"))
                .containsExactly(
                        "CO-ROUTINE o",
                        "SEARCH audit_event USING INDEX audit_event_window (node=? AND window_end>?)",
                        "USE TEMP B-TREE FOR GROUP BY",
                        "SCAN o",
                        "SEARCH e USING INDEX audit_event_interaction (interaction_id=? AND node=? AND seq>?)",
                        "SEARCH t USING INDEX sqlite_autoindex_suggestion_text_1 (node=? AND seq=?) LEFT-JOIN",
                        "USE TEMP B-TREE FOR LAST TERM OF ORDER BY");
    }

    @Test
    void decisionsAreFoundByTheirIndex() throws SQLException {
        assertThat(plan(JdbcRecoveryReader.DECISIONS, "node-1", 10))
                .containsExactly("SEARCH audit_event USING INDEX audit_event_decision (node=?)");
    }

    @Test
    void coolDownsAreFoundByTheirIndex() throws SQLException {
        String sql = JdbcRecoveryReader.coolDowns(new SqliteDialect());
        assertThat(plan(sql, "node-1", "2026-11-22T08:00:00"))
                .containsExactly("SEARCH audit_event USING INDEX audit_event_cool_down (node=? AND <expr>>?)");
    }

    private List<String> plan(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> steps = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    steps.add(row.getString("detail"));
                }
            }
            return steps;
        }
    }
}
