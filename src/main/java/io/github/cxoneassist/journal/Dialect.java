package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The little that is said differently in each kind of database, on a connection that is there; all other SQL is the same in all of
 * them. How a connection is come by is {@link Database}'s business: a team may bring a pool of its own.
 */
sealed interface Dialect permits SqliteDialect, PostgresDialect {

    /** Something that is done within a transaction. */
    interface Work {
        void run() throws SQLException;
    }

    /** @throws JournalException where there is none for the database */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "SQLite" -> new SqliteDialect();
            case "PostgreSQL" -> new PostgresDialect();
            default -> throw new JournalException("a journal in " + product + " is not supported");
        };
    }

    /** The statement of {@link JdbcRecoveryReader#openSuggestions}, as it has to be put to be answered by indexes. */
    String openSuggestions();

    /** The end of a cool-down in the details of {@code audit_event}, and what else the index on it is restricted to. */
    String coolDownUntil();

    /** A condition for rows of a table of the log with values that no writer of it stores, past keys and types. */
    String notAsWritten(String table);

    /**
     * Erases those of these texts that are neither held nor of a window that is open.
     *
     * @param openFrom windows that end at this time or later are open
     * @return how many there were
     */
    int eraseTexts(Connection connection, String node, List<Long> seqs, String openFrom) throws SQLException;

    /**
     * From here to the end of the transaction nobody begins or ends a legal hold; one that somebody is about to commit is waited
     * for, and then seen by each statement that follows.
     */
    void keepHolds(Connection connection) throws SQLException;

    /**
     * Does something while rows of the log can be deleted, within the transaction of this connection and by nobody else. What
     * it does first takes the right to write; if the transaction ends badly, the guard is back with it.
     */
    void unguarded(Connection connection, Work work) throws SQLException;

    /**
     * Makes what was deleted disappear from the files of the database too, as far as that needs doing. Not within a
     * transaction.
     *
     * @return whether it did; else it is still to be found in there for a while
     */
    boolean forget(Connection connection) throws SQLException;
}
