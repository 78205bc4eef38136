package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.AuditRefusedException;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalLock;
import io.github.cxoneassist.journal.OperatorChain;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command on the audit log. Exit codes of all of them: 0 when it is done, or all holds; 1 when something was found, or it was
 * refused and nothing happened; 2 when it could not run.
 */
abstract class AuditTask implements Callable<Integer> {

    static final int DONE = 0;
    static final int FOUND = 1;
    private static final int CANNOT = 2;

    /** Something that an operator does, in a chain that nobody else writes meanwhile. */
    interface Deed {
        int on(HikariDataSource database, OperatorChain chain) throws Exception;
    }

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as for run: which database, which keys. The environment wins over it.")
    private Path config;

    @Spec
    private CommandSpec spec;

    private CommandSettings settings;

    abstract int run() throws Exception;

    @Override
    public final Integer call() {
        try {
            Logging.use(AssistApplication.home().resolve("config/log4j2-commands.properties"));
            return run();
        } catch (AuditRefusedException e) {
            err().println(e.getMessage());
            return FOUND;
        } catch (SettingsException e) {
            err().println(e.getMessage());
        } catch (UncheckedIOException e) {
            err().println(e.getMessage());
        } catch (Exception e) {
            String message = e.getMessage();
            err().println("cxone-assist " + spec.qualifiedName(" ").replaceFirst("^\\S+ ", "") + ": "
                    + (message == null ? e.toString() : message));
        }
        return CANNOT;
    }

    final CommandSettings settings() {
        if (settings == null) {
            settings = new CommandSettings(AssistApplication.home(), config);
        }
        return settings;
    }

    /** Whether somebody named a file of settings. */
    final boolean isConfigured() {
        return config != null;
    }

    /** Beside a running application; nothing is written, not even where tables are out of date. */
    final HikariDataSource openToRead() {
        return JournalDatabase.openToRead(settings().database());
    }

    /** With all rights that the settings give. */
    final int asOperator(Deed deed) throws Exception {
        String node = settings().audit().node();
        try (HikariDataSource database = JournalDatabase.openToTidy(settings().database());
                JournalLock lock = JournalLock.take(settings().database(), OperatorChain.nodeOf(node))) {
            return deed.on(
                    database,
                    new OperatorChain(
                            database,
                            node,
                            settings().audit().chainKeys(),
                            settings().audit().signingKey(),
                            Clock.systemUTC()));
        }
    }

    final Progress progress(String what, long total) {
        return new Progress(err(), what, total);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
