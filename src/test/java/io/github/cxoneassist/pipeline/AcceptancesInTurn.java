package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cxoneassist.webhook.EventFeed;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** A log of so many acceptances, of so many interactions in turn. */
record AcceptancesInTurn(int count, int interactions) implements EventFeed {

    @Override
    public List<WebhookEvent> after(long seq, Set<String> events, int limit) {
        return LongStream.rangeClosed(seq + 1, count)
                .limit(limit)
                .mapToObj(this::event)
                .toList();
    }

    @Override
    public Optional<WebhookEvent> at(long seq) {
        return Optional.of(event(seq));
    }

    @Override
    public long head() {
        return count;
    }

    @Override
    public Optional<Instant> timeBehind(long seq) {
        return Optional.empty();
    }

    private WebhookEvent event(long seq) {
        return new WebhookEvent(
                "main-1",
                seq,
                Instant.EPOCH,
                "accepted",
                "call-" + seq % interactions,
                "s-" + seq,
                JsonNodeFactory.instance.objectNode());
    }
}
