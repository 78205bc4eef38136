package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.pipeline.WebhookLog;
import io.github.cxoneassist.pipeline.WebhookSettings;
import io.github.cxoneassist.webhook.DeadLetters;
import io.github.cxoneassist.webhook.InstalledSubscribers;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberSettings;
import java.time.Clock;
import java.util.stream.Collectors;

/** A command on the subscribers of webhooks, with the database and the exit codes of those on the audit log. */
abstract class WebhookTask extends AuditTask {

    /** Nothing happened, and why. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** What is done with the subscribers of the database. */
    interface Deed {
        int on(JdbcSubscribers stored, HikariDataSource database) throws Exception;
    }

    abstract int task() throws Exception;

    @Override
    final int run() throws Exception {
        try {
            return task();
        } catch (Refused e) {
            err().println(e.getMessage());
            return FOUND;
        } finally {
            out().flush();
        }
    }

    final int reading(Deed deed) throws Exception {
        try (HikariDataSource database = openToRead()) {
            return deed.on(subscribers(database), database);
        }
    }

    final int changing(Deed deed) throws Exception {
        // a database that is not there, or is of an older version, is not made by a command
        openToRead().close();
        try (HikariDataSource database = JournalDatabase.open(settings().database())) {
            return deed.on(subscribers(database), database);
        }
    }

    private static JdbcSubscribers subscribers(HikariDataSource database) {
        return new JdbcSubscribers(database, WebhookSettings.EVENTS, Clock.systemUTC());
    }

    /** The one of that name, of the settings or of the database. */
    final Subscriber find(String name, JdbcSubscribers stored) {
        var all = new InstalledSubscribers(settings().subscribers(), stored).subscribers();
        return all.stream()
                .filter(subscriber -> subscriber.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused("There is no webhook subscriber " + name + ". "
                        + (all.isEmpty()
                                ? "There is none at all."
                                : "There are: "
                                        + all.stream().map(Subscriber::name).collect(Collectors.joining(", ")) + ".")));
    }

    final boolean isOfSettings(String name) {
        return settings().subscribers().stream().anyMatch(one -> one.name().equals(name));
    }

    /** @param how what to do with the settings instead */
    final void refuseOfSettings(String name, String how) {
        if (isOfSettings(name)) {
            throw new Refused("The webhook subscriber " + name + " stands in the settings: " + how + " "
                    + SubscriberSettings.PREFIX + name);
        }
    }

    final DeadLetters deadLetters(HikariDataSource database) {
        String node = settings().audit().node();
        String log = WebhookLog.name(new JdbcJournalReader(database), node)
                .orElseThrow(() -> new Refused("The audit log of the node " + node + " is empty."));
        return new DeadLetters(database, node, log, Clock.systemUTC());
    }
}
