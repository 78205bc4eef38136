package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.RowColumns;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSourceUtils;

/** The same statements as in {@code cxone-assist-audit-sink}, for when its route is gone. */
final class AuditTables {

    static final String INSERT_EVENT = "INSERT INTO audit_event (" + String.join(", ", RowColumns.NAMES) + ") VALUES (:"
            + String.join(", :", RowColumns.NAMES) + ")";
    static final String INSERT_TEXT = "INSERT INTO suggestion_text (node, seq, interaction_id, content)"
            + " VALUES (:node, :seq, :interaction_id, :content)";

    private final NamedParameterJdbcTemplate jdbc;

    AuditTables(DataSource dataSource) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    }

    /** Within the transaction of the caller; each map has a key a column. */
    void insert(List<Map<String, Object>> events, List<Map<String, Object>> texts) {
        jdbc.batchUpdate(INSERT_EVENT, SqlParameterSourceUtils.createBatch(events));
        if (!texts.isEmpty()) {
            jdbc.batchUpdate(INSERT_TEXT, SqlParameterSourceUtils.createBatch(texts));
        }
    }
}
