package io.github.cxoneassist.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.JdbcStore;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.ledger.Claim;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.MemoryLedger;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.session.InboundFrame;
import io.github.cxoneassist.session.SuggestFrame;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.SuggestionPolicy;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.SuggestionValidator;
import io.github.cxoneassist.suggestion.Validation;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What somebody would write who knows what is asked, and wants nothing but speed: the same checks, the same ledger and the same
 * journal as the pipeline, in one class without Camel. No hold queue, no recovery, no metrics, no order among decisions.
 */
final class HandWrittenLoop extends CountingContender {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int LIMIT = 5;

    private final SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT);
    private final MemoryLedger ledger = new MemoryLedger(Clock.systemUTC());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HikariDataSource database;
    private final GroupCommitJournal journal;
    private final Session session;

    HandWrittenLoop(Surroundings given) {
        database = JournalDatabase.open(new DatabaseSettings("jdbc:sqlite:" + given.database(), null, null));
        journal = new GroupCommitJournal(
                new JdbcStore(database),
                "main",
                Clock.systemUTC(),
                Thread::new,
                GroupCommitJournal.DEFAULT_CAPACITY,
                GroupCommitJournal.DEFAULT_MAX_BATCH);
        timer.scheduleWithFixedDelay(ledger::expire, 250, 250, TimeUnit.MILLISECONDS);
        session = new Session(given, this::inbound);
    }

    @Override
    public void offer(Offer offer, Runnable done) {
        SuggestionReader.Item item = SuggestionReader.parse(offer.json(), MAX_BYTES);
        if (!(validator.validate(item, Instant.now()) instanceof Validation.Valid valid)) {
            fail(done);
            return;
        }
        Suggestion suggestion = valid.suggestion();
        SuggestionKey key = SuggestionKey.of(suggestion);
        if (ledger.claim(key, suggestion.contextWindow().end()) != Claim.NEW
                || !ledger.reserve(key, LIMIT).granted()) {
            fail(done);
            return;
        }
        Instant now = Instant.now();
        JournalEntry injected = new JournalEntry(
                JournalEvent.INJECTED,
                suggestion.interactionId(),
                suggestion.id(),
                null,
                Map.of(
                        "source", suggestion.source(),
                        "priority", suggestion.priority().name(),
                        "relevanceScore", suggestion.relevanceScore(),
                        "windowStart", suggestion.contextWindow().start().toString(),
                        "windowEnd", suggestion.contextWindow().end().toString(),
                        "injectedAt", now.toString()),
                suggestion.content());
        journal.append(injected).whenComplete((row, failure) -> {
            if (failure == null) {
                send(suggestion, key, now, done);
            } else {
                fail(done);
            }
        });
    }

    private void send(Suggestion suggestion, SuggestionKey key, Instant injectedAt, Runnable done) {
        SuggestFrame frame = new SuggestFrame(
                suggestion.interactionId(),
                suggestion.id(),
                suggestion.content(),
                suggestion.priority().name(),
                suggestion.relevanceScore(),
                suggestion.contextWindow().start(),
                suggestion.contextWindow().end(),
                injectedAt);
        session.session().send(frame).onComplete(sent -> {
            if (sent.succeeded()) {
                ledger.confirm(key);
                done.run();
            } else {
                fail(done);
            }
        });
    }

    private CompletionStage<?> inbound(InboundFrame frame) {
        SuggestionKey key = new SuggestionKey(frame.interactionId(), frame.suggestionId());
        boolean decision = InboundFrame.ACCEPTED.equals(frame.type());
        if (decision) {
            ledger.end(key, Decision.ACCEPTED);
        } else {
            ledger.acknowledge(key);
        }
        journal.append(JournalEntry.of(
                        decision ? JournalEvent.ACCEPTED : JournalEvent.ACK_RECEIVED,
                        frame.interactionId(),
                        frame.suggestionId()))
                .whenComplete((row, failure) -> {
                    if (failure != null) {
                        fail();
                    } else if (decision) {
                        accept();
                    }
                });
        // the journal writes in order; nothing else has to
        return CompletableFuture.completedStage(null);
    }

    private void fail(Runnable done) {
        fail();
        done.run();
    }

    @Override
    public void close() throws IOException {
        session.close();
        journal.close();
        timer.shutdownNow();
        database.close();
    }
}
