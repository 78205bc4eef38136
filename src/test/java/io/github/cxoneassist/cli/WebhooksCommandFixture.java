package io.github.cxoneassist.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.Subscriber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a database of their own. */
abstract class WebhooksCommandFixture {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    DatabaseSettings database;
    Path config;

    @BeforeEach
    void start() throws Exception {
        database = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("log.db"), null, null);
        JournalDatabase.open(database).close();
        config = Files.writeString(
                folder.resolve("settings.properties"),
                "cxone.database-url = " + database.url()
                        + "\ncxone.webhook.http-to-loopback = true\ncxone.webhook.allowed-networks = 127.0.0.0/8"
                        + "\ncxone.webhook.subscribers.fixed.url = https://fixed.example.com/hook?token=hush"
                        + "\ncxone.webhook.subscribers.fixed.secret = " + SECRET
                        + "\ncxone.webhook.subscribers.fixed.headers.Authorization = Bearer hush\n");
    }

    int webhooks(String... arguments) {
        List<String> all = new ArrayList<>(List.of("webhooks"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--config", config.toString()));
        CommandLine commandLine = CxoneAssist.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(all.toArray(String[]::new));
    }

    Subscriber stored(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    List<Subscriber> all() {
        return storedAll().stream().map(JdbcSubscribers.Stored::subscriber).toList();
    }

    List<JdbcSubscribers.Stored> storedAll() {
        try (HikariDataSource opened = JournalDatabase.openToRead(database)) {
            return new JdbcSubscribers(opened, Set.of("accepted", "dismissed", "expired"), Clock.systemUTC()).stored();
        }
    }
}
