package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.JournalRow;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeLineTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    injected          |             | {"priority":"HIGH","relevanceScore":0.93} | sent, HIGH 0.93
                    ack_received      |             | {"latencyMillis":120}                     | acknowledged after 120 ms
                    ack_received      |             | {}                                        | acknowledged
                    accepted          |             | {}                                        | accepted by the agent
                    dismissed         |             | {}                                        | dismissed by the agent
                    expired           |             | {}                                        | expired: its context window is over
                    expired           | interaction_ended | {}                                  | dropped: its interaction is over
                    held              |             | {}                                        | waits: no slot is free
                    superseded        |             | {}                                        | dropped: better ones wait
                    validation_failed | buffer_full | {}                                        | refused: buffer_full
                    dispatch_failed   |             | {"error":"away"}                          | not sent: away
                    ignored           | repeated    | {}                                        | event ignored: repeated
                    """)
    void eachEventHasItsWords(String event, String reason, String details, String words) {
        assertThat(OutcomeLine.of(row(event, "INT-1", "s-1", reason, details)))
                .contains("s-1                            INT-1              " + words);
    }

    @Test
    void aRefusalNamesEachViolation() {
        assertThat(OutcomeLine.of(row("validation_failed", null, null, "invalid", """
                        {"violations":[{"field":"id","message":"is missing"},{"field":"","message":"is odd"}]}""")))
                .contains(
                        "(no id)                                           refused: invalid (id: is missing; is odd)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "disconnected", "auth_failed", "token_renewed", "of_a_newer_version"})
    void whatIsNotAboutASuggestionHasNone(String event) {
        assertThat(OutcomeLine.of(row(event, null, null, null, "{}"))).isEmpty();
    }

    @Test
    void aLongLineIsShortened() {
        assertThat(OutcomeLine.of(row(
                        "dispatch_failed",
                        "i".repeat(300),
                        "s".repeat(300),
                        null,
                        "{\"error\":\"%s\"}".formatted("e".repeat(300)))))
                .hasValueSatisfying(line -> assertThat(line)
                        .hasSize(150)
                        .startsWith("s".repeat(35) + "… " + "i".repeat(23) + "… not sent: eee")
                        .endsWith("e…"));
    }

    @Test
    void whatWouldMoveTheCursorIsReplaced() {
        assertThat(OutcomeLine.of(row("accepted", "a\nb", "\u001b[2J", null, "{}")))
                .contains("?[2J                           a?b                accepted by the agent");
    }

    private static JournalRow row(
            String event, String interactionId, String suggestionId, String reason, String details) {
        return new JournalRow("main", 1, Instant.EPOCH, event, interactionId, suggestionId, reason, details, "0", "1");
    }
}
