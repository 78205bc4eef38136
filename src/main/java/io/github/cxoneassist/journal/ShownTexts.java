package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads texts of suggestions one by one, for whoever stands at a row that came later. */
public final class ShownTexts {

    /** Back from the row along the interaction's own index, so that it costs the same however long the log is. */
    private static final String LATEST = "SELECT content FROM suggestion_text WHERE node = ? AND seq = (SELECT MAX(seq)"
            + " FROM audit_event WHERE interaction_id = ? AND node = ? AND seq <= ? AND suggestion_id = ?"
            + " AND event IN ('held', 'injected'))";

    private final DataSource database;

    public ShownTexts(DataSource database) {
        this.database = database;
    }

    /**
     * What the suggestion said when it was last held or sent before the row, that row included; empty where the text was erased,
     * and where it was never either.
     *
     * @throws JournalException where the database does not answer
     */
    public Optional<String> upTo(String node, long seq, String interactionId, String suggestionId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(LATEST)) {
            select.setString(1, node);
            select.setString(2, interactionId);
            select.setString(3, node);
            select.setLong(4, seq);
            select.setString(5, suggestionId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new JournalException("the text of a suggestion could not be read: " + e.getMessage(), e);
        }
    }
}
