package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JdbcRecoveryReaderOnPostgresTest extends JdbcRecoveryReaderContract {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgres();
    }

    @Test
    void theRowsOfAnInteractionAreFoundByTheirIndexAndNotByReadingTheLog() throws SQLException {
        assertThat(plan(JdbcRecoveryReader.OPEN_IN_POSTGRES, "node-1", "2026-11-22T08:00:00", "node-1"))
                .anyMatch(step -> step.contains("Nested Loop"))
                .anyMatch(step -> step.contains("audit_event_rest_interaction_id_node_seq_idx"))
                .anyMatch(step -> step.contains("audit_event_rest_node_window_end_idx"))
                .noneMatch(step -> step.contains("Seq Scan on audit_event"));
    }

    @Test
    void coolDownsAreFoundByTheirIndex() throws SQLException {
        assertThat(plan(JdbcRecoveryReader.coolDowns(new PostgresDialect()), "node-1", "2026-11-22T08:00:00"))
                .anyMatch(step -> step.matches(".*Index Scan .*cool_down.*|.*Index Scan .*audit_event_rest_node_.*"))
                .noneMatch(step -> step.contains("Seq Scan on audit_event"));
    }

    private List<String> plan(String sql, String... parameters) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    plan.add(row.getString(1));
                }
            }
        }
        return plan;
    }
}
