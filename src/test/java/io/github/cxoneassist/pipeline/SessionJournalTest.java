package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** What the audit log says of the connection. */
class SessionJournalTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(SINK);
            }
        };
    }

    private void awaitSessionLines(String... lines) {
        await().untilAsserted(() -> assertThat(audit.sessionLines()).containsExactly(lines));
    }

    @Test
    void aConnectionStandsInTheLogWithItsSessionAndAttempt() throws Exception {
        awaitSessionLines("connected progress");

        assertThat(new ObjectMapper().readTree(audit.details("connected").get(0)))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"session\":\"main\",\"attempt\":1,\"message\":\"authenticated\"}"));
    }

    @Test
    void aDropAndTheWayBackStandInTheLog() {
        awaitSessionLines("connected progress");

        cxone.dropConnections();

        awaitSessionLines("connected progress", "disconnected network", "connected progress");
    }

    @Test
    void aRefusedTokenStandsInTheLogAndNothingOfTheTokenDoes() {
        awaitSessionLines("connected progress");
        cxone.play(FaultScript.inOrder(new FailAuth("not today").once()));

        cxone.dropConnections();

        awaitSessionLines(
                "connected progress", "disconnected network", "auth_failed authentication", "connected progress");
        assertThat(audit.details("auth_failed").get(0)).contains("auth.failure: not today");
    }

    @Test
    void theEndOfTheConnectionIsOnDiskWhenTheContextHasStopped() {
        awaitSessionLines("connected progress");

        context.stop();

        assertThat(audit.sessionLines()).containsExactly("connected progress", "disconnected requested");
    }

    @Test
    void whatWaitsForAJournalThatCannotWriteIsBounded() {
        List<JournalEntry> waiting = new ArrayList<>();
        Journal stuck = entry -> {
            waiting.add(entry);
            return new CompletableFuture<>();
        };
        SessionJournal journal = new SessionJournal(stuck);

        for (int i = 0; i < SessionJournal.MAX_PENDING + 10; i++) {
            journal.stateChanged(new SessionEvent(
                    "main",
                    SessionState.AUTHENTICATING,
                    SessionState.READY,
                    "authenticated",
                    i,
                    Instant.EPOCH,
                    SessionEvent.Kind.PROGRESS,
                    false));
        }

        assertThat(waiting).hasSize(SessionJournal.MAX_PENDING);
    }
}
