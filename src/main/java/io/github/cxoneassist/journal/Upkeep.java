package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What upkeep of the log needs of a database beyond the SQL that all of them understand. */
interface Upkeep {

    /** @throws JournalException where it is not known how that is done in this database */
    static Upkeep of(DataSource database) {
        String product;
        try (Connection connection = database.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException e) {
            throw new JournalException("the database cannot be reached: " + e.getMessage(), e);
        }
        if (product.equals("SQLite")) {
            return new SqliteUpkeep();
        }
        throw new JournalException(
                "texts cannot be erased and rows not be archived in " + product + " by this version");
    }

    /**
     * Lets rows of the log be deleted within the transaction of this connection, and nobody else's. What it does first takes
     * the right to write.
     */
    void allowRemoval(Connection connection) throws SQLException;

    /** To be called before the transaction ends well; one that ends badly takes {@link #allowRemoval} back with it. */
    void forbidRemoval(Connection connection) throws SQLException;

    /**
     * Makes what was deleted disappear from the files of the database too, as far as that needs doing.
     *
     * @return whether it did; else it is still to be found in there for a while
     */
    boolean forget(DataSource database);
}
