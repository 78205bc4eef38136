package io.github.cxoneassist.journal;

import java.sql.SQLException;
import java.util.Optional;

/** What a PostgreSQL server, its driver or the network means by an error, in words for an operator. */
final class PostgresErrors {
    private PostgresErrors() {}

    /** What is at the bottom of a failure, where the server or the way to it is. */
    static Optional<SQLException> sqlError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    /**
     * To follow the name of the database.
     *
     * @param setting that names the user
     */
    static String meaning(SQLException e, String setting, String user) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000", "28001" ->
                "refuses the user \"" + user + "\": check " + setting + " and its password (the server says: "
                        + firstLine(e) + ")";
            case "3D000" -> "does not exist on that server: make it, or name another";
            case "57P03", "57P01", "57P02" -> "is on a server that is starting or stopping: try again";
            case "53300" -> "is on a server that takes no more connections: raise its max_connections";
            case "53100", "53200" -> "cannot be written: check the disk of the server and the space on it";
            case "42501" -> "cannot be used by the user \"" + user + "\": " + firstLine(e);
            case "55P03" -> "is locked by somebody else: look who holds a lock on its tables";
            case "25006" -> "takes no writes: it is a standby, so name the primary";
            default ->
                state.startsWith("08")
                        ? "cannot be reached: check that the server runs, and host and port in the URL (" + firstLine(e)
                                + ")"
                        : "cannot be opened: " + firstLine(e);
        };
    }

    /** The server quotes the values of a row in the lines after the first. */
    static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
