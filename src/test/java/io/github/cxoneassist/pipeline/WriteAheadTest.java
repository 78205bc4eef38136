package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.sandbox.Frame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing is sent that is not on disk, whatever the database does. */
class WriteAheadTest extends FailingDatabaseTestBase {

    private DataSourceThatCommitsLate late;

    WriteAheadTest() {
        super(SINK);
    }

    @Override
    DataSource misbehaving(DataSource database) {
        late = new DataSourceThatCommitsLate(database);
        return late;
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    @AfterEach
    void commitWhatIsHeld() {
        late.release();
    }

    @Test
    void theFrameIsNotSentBeforeTheRowIsCommitted() throws Exception {
        CompletableFuture<Exchange> offered = template.asyncSend(
                "direct:in", exchange -> exchange.getMessage().setBody(SuggestionBodies.suggestion("s-1")));

        late.awaitCommit();
        // long enough for a frame that did not wait
        await().during(300, TimeUnit.MILLISECONDS)
                .until(() -> cxone.referee().suggestions().isEmpty());
        assertThat(audit.lines()).isEmpty();
        assertThat(offered).isNotDone();

        late.release();
        assertThat(offered.get(5, TimeUnit.SECONDS).getException()).isNull();
        assertThat(audit.lines()).containsExactly("injected s-1");
        await().until(() -> cxone.referee().sends("s-1") == 1);
    }

    @Test
    void whileTheDatabaseFailsNothingIsSentAndNothingIsKeptAndAfterwardsItWorksAgain() {
        late.release();
        failing.fail(true);
        Object body = SuggestionBodies.suggestion("call-1", "s-1").toString();

        Exchange failed = offer("direct:in", body);

        assertThat(failed.getException()).isInstanceOf(JournalException.class);
        assertThat(failed.getException().getMessage())
                // the session may have had something to say at the same time
                .contains(" journal entries were not written: ")
                .contains("the database is down on purpose");
        assertThat(failed.getMessage().getBody()).isEqualTo(body);
        assertThat(runtime().ledger().size()).isZero();

        failing.fail(false);
        Exchange again = offer("direct:in", body);

        assertThat(again.getMessage().getHeader("CamelCxoneAssistStatus")).isEqualTo("sent");
        assertThat(audit.lines()).containsExactly("injected s-1");
        await().until(() -> cxone.referee().sends("s-1") == 1);
        assertThat(cxone.referee().frames(Frame.Direction.IN)).hasSize(2);
    }

    /** As long as Camel's own pools would keep a thousand of them, and turn the others away. */
    @Test
    void howeverMuchHappensWhileTheDatabaseFailsIsRecordedWhenItIsBack() {
        late.release();
        failing.fail(true);
        List<CompletableFuture<JournalRow>> rows = IntStream.range(0, 1_500)
                .mapToObj(i -> runtime()
                        .audit()
                        .appendUntilWritten(Entries.expired(new Ended(new SuggestionKey("call", "s-" + i), true)))
                        .toCompletableFuture())
                .toList();
        await().until(() -> runtime().audit().queued() == 0);

        failing.fail(false);

        assertThat(CompletableFuture.allOf(rows.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(15));
        assertThat(audit.lines()).hasSize(1_500);
    }

    @Test
    void aRefusalThatCannotBeRecordedIsNoRefusal() {
        late.release();
        failing.fail(true);

        Exchange failed = offer("direct:in", "{}");

        assertThat(failed.getException()).isInstanceOf(JournalException.class);
        assertThat(failed.getMessage().getHeaders()).doesNotContainKey("CamelCxoneAssistStatus");
        assertThat(failed.getMessage().getBody()).isEqualTo("{}");
    }
}
