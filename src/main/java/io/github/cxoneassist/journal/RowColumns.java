package io.github.cxoneassist.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of {@code audit_event}, as far as rows are written and read by them. */
public final class RowColumns {
    public static final List<String> NAMES = List.of(
            "node",
            "seq",
            "at",
            "event",
            "interaction_id",
            "suggestion_id",
            "reason",
            "details",
            "prev_hash",
            "hash",
            "key_id");

    /** As many as there are, with commas between them. */
    static final String LIST = String.join(", ", NAMES);

    static final String INSERT = "INSERT INTO audit_event (" + LIST + ") VALUES ("
            + NAMES.stream().map(name -> "?").collect(Collectors.joining(", ")) + ")";

    private RowColumns() {}

    /** A value a column, in their order; numbers are numbers, and all others texts or null. */
    public static List<Object> values(JournalRow row) {
        // not List.of, which takes no null
        return Arrays.asList(
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
                row.keyId());
    }

    /** @throws DateTimeException where its time is not as a row has it */
    static JournalRow read(ResultSet result) throws SQLException {
        return new JournalRow(
                result.getString("node"),
                result.getLong("seq"),
                JournalRow.parseAt(result.getString("at")),
                result.getString("event"),
                result.getString("interaction_id"),
                result.getString("suggestion_id"),
                result.getString("reason"),
                result.getString("details"),
                result.getString("prev_hash"),
                result.getString("hash"),
                result.getString("key_id"));
    }
}
