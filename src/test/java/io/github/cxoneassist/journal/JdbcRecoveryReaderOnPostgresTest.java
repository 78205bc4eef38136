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
        List<String> plan = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("EXPLAIN " + JdbcRecoveryReader.OPEN_IN_POSTGRES)) {
            statement.setString(1, "node-1");
            statement.setString(2, "2026-11-22T08:00:00");
            statement.setString(3, "node-1");
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    plan.add(row.getString(1));
                }
            }
        }

        assertThat(plan)
                .anyMatch(step -> step.contains("Nested Loop"))
                .anyMatch(step -> step.contains("audit_event_rest_interaction_id_node_seq_idx"))
                .anyMatch(step -> step.contains("audit_event_rest_node_window_end_idx"))
                .noneMatch(step -> step.contains("Seq Scan on audit_event"));
    }
}
