package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.journal.JournalRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeConsoleTest {

    private final StringWriter text = new StringWriter();
    private final OutcomeConsole console = new OutcomeConsole(new PrintWriter(text), 2);

    @Test
    void theSummaryComesOnceWithTheLineToPaste() {
        console.begin(
                "ws://127.0.0.1:1/ws/v1",
                new Places("127.0.0.1", 8081, "data/inbox", "jdbc:sqlite:data/x.db", false, Set.of("file", "http")));
        console.committed(List.of(row("injected", null), row("accepted", null)));
        assertThat(text.toString()).doesNotContain("Summary");
        console.committed(List.of(row("validation_failed", "duplicate")));

        await().until(() -> text.toString().contains("Ctrl-C stops it."));
        console.committed(List.of(row("injected", null)));
        console.end();

        assertThat(text.toString().lines().filter(line -> line.contains("Summary")))
                .containsExactly("Summary: 2 suggestions, 1 sent, 0 waiting, 0 dropped, 1 refused (duplicate 1)");
        assertThat(text.toString())
                .contains("of those sent: 0 acknowledged, 1 accepted, 0 dismissed, 0 expired, 0 still before the agent")
                .contains("curl -s http://127.0.0.1:8081/api/suggestions -H 'Content-Type: application/json' -d '{")
                .endsWith("Stopping." + System.lineSeparator());
    }

    @Test
    void whatWaitedIsCountedOnceWhateverBecomesOfIt() {
        console.begin(
                "ws://127.0.0.1:1/ws/v1",
                new Places("127.0.0.1", 8081, "data/inbox", "jdbc:sqlite:data/x.db", false, Set.of("file", "http")));
        console.committed(List.of(
                row("held", null, "released"),
                row("held", null, "superseded"),
                row("held", null, "waits"),
                row("injected", null, "released"),
                row("superseded", "others_are_better", "superseded")));

        await().until(() -> text.toString().contains("Ctrl-C stops it."));

        assertThat(text.toString())
                .contains("Summary: 3 suggestions, 1 sent, 1 waiting, 1 dropped, 0 refused")
                .contains("0 expired, 1 still before the agent");
    }

    private static JournalRow row(String event, String reason) {
        return row(event, reason, "s-1");
    }

    private static JournalRow row(String event, String reason, String id) {
        return new JournalRow("main", 1, Instant.EPOCH, event, "INT-1", id, reason, "{}", "0", "1");
    }
}
