package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.JournalDatabaseException;
import java.net.BindException;
import org.apache.camel.util.ObjectHelper;

/** Why the application did not start, in words for the one who started it. */
final class StartFailure {

    private StartFailure() {}

    static String explain(Throwable failure) {
        if (failure instanceof SettingsException) {
            return failure.getMessage();
        }
        BindException bind = ObjectHelper.getException(BindException.class, failure);
        if (bind != null) {
            return "cxone-assist cannot listen on its HTTP port: " + bind.getMessage()
                    + ". Stop what uses it, or choose another with cxone.http-port (CXONE_HTTP_PORT).";
        }
        // the outermost has the words for an operator; Camel's own search starts at the other end
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JournalDatabaseException) {
                return "cxone-assist could not start: " + cause.getMessage()
                        + ". The setting is cxone.database-url (CXONE_DATABASE_URL).";
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "cxone-assist could not start: " + root.getClass().getSimpleName() + ": "
                + withoutValues(String.valueOf(root.getMessage()));
    }

    /** Camel quotes a whole value, which may be a secret, when it holds a placeholder that it cannot resolve. */
    private static String withoutValues(String message) {
        int quoted = message.indexOf(" from text: ");
        return quoted < 0 ? message : message.substring(0, quoted);
    }
}
