package io.github.cxoneassist.e2e;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row of the audit log as it is on disk. */
record AuditRow(
        long seq,
        String at,
        String event,
        String interactionId,
        String suggestionId,
        String reason,
        String details,
        String prevHash,
        String hash) {

    /** What to ask for, in the order in which {@link #all} reads it. */
    static final String SELECT =
            "SELECT seq, at, event, interaction_id, suggestion_id, reason, details, prev_hash, hash FROM audit_event";

    static List<AuditRow> all(ResultSet result) throws SQLException {
        List<AuditRow> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(new AuditRow(
                    result.getLong(1),
                    result.getString(2),
                    result.getString(3),
                    result.getString(4),
                    result.getString(5),
                    result.getString(6),
                    result.getString(7),
                    result.getString(8),
                    result.getString(9)));
        }
        return rows;
    }

    boolean isOfTheSession() {
        return Set.of("connected", "disconnected", "auth_failed", "token_renewed", "configured")
                .contains(event);
    }

    /** {@code event suggestion [reason]}. */
    String line() {
        return event + " " + suggestionId + (reason == null ? "" : " " + reason);
    }
}
