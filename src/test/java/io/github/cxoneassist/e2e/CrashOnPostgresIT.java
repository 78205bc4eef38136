package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.PostgresCluster;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The application is killed, or the database server, or both at once. */
class CrashOnPostgresIT extends CrashContract {

    private static final int LONGEST_ABSENCE_MILLIS = 1_500;

    private PostgresCluster server;
    private DatabaseSettings database;

    @BeforeEach
    void startServer() throws Exception {
        server = new PostgresCluster(Files.createDirectory(folder.resolve("server")));
        database = server.newDatabase();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    AuditTable audit() {
        return AuditTable.on(database);
    }

    @Override
    Map<String, String> databaseSettings() {
        return RunningAssist.on(database);
    }

    @Override
    void killSomewhen(AssistProcess assist, InsistentSource source) throws Exception {
        switch (random.nextInt(3)) {
            case 0 -> super.killSomewhen(assist, source);
            case 1 -> killServer(assist, source);
            default -> killBoth(assist, source);
        }
    }

    /** A start that meets a server which is away ends with an error: whoever looks after the process starts it again. */
    @Override
    void lookAfter(AssistProcess assist) throws Exception {
        if (!assist.isAlive()) {
            assist.start();
        }
    }

    private void killServer(AssistProcess assist, InsistentSource source) throws Exception {
        pass(random.nextInt(LONGEST_LIFE_MILLIS));
        server.kill();
        pass(random.nextInt(LONGEST_ABSENCE_MILLIS));
        server.start();
        awaitWorkOf(assist, source.answers());
    }

    private void killBoth(AssistProcess assist, InsistentSource source) throws Exception {
        pass(random.nextInt(LONGEST_LIFE_MILLIS));
        server.kill();
        bury(assist, server::start);
        comeBack(assist, source);
    }

    /** A commit whose answer is lost with the server is done again by whoever cannot ask: the same end may stand there twice. */
    @Override
    List<AuditRow> endings(List<AuditRow> history) {
        Set<String> before = new HashSet<>();
        List<AuditRow> endings = new ArrayList<>(super.endings(history));
        endings.removeIf(row -> !before.add(row.event()));
        return endings;
    }
}
