package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.TestDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that is killed and started again on the same database, of whichever kind, against a CXone that lives on. */
abstract class RecoveryFixture {

    @TempDir
    Path folder;

    final ManualAgent agent = new ManualAgent();
    final SandboxCxone cxone = new SandboxCxone(PipelineTestBase.CONFIG, agent);
    TestDatabase database;
    AuditDatabase audit;
    RestartingPipeline pipeline;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void start() throws Exception {
        cxone.start();
        database = newDatabase();
        audit = new AuditDatabase(database.settings());
        pipeline = new RestartingPipeline(cxone, audit);
        pipeline.start();
    }

    @AfterEach
    void stop() throws Exception {
        pipeline.close();
        cxone.close();
        database.close();
    }

    String outcome(ObjectNode suggestion) {
        return pipeline.outcome(suggestion);
    }

    static ObjectNode suggestion(String id) {
        return SuggestionBodies.suggestion("call", id).put("content", "Text of " + id);
    }

    static ObjectNode suggestion(String id, Instant end) {
        ObjectNode brief = suggestion(id);
        ((ObjectNode) brief.path("contextWindow")).put("end", end.toString());
        return brief;
    }

    List<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .toList();
    }

    static ObjectNode inFiftyMinutes(String id) {
        Instant then = Instant.now().plus(Duration.ofMinutes(50));
        ObjectNode suggestion = suggestion(id, then.plusSeconds(60));
        ((ObjectNode) suggestion.path("contextWindow"))
                .put("start", then.minusSeconds(60).toString());
        return suggestion;
    }
}
