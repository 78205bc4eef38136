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
        JournalDatabaseException database = ObjectHelper.getException(JournalDatabaseException.class, failure);
        if (database != null) {
            return database.getMessage();
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "cxone-assist could not start: " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
