package io.github.cxoneassist.webhook;

import io.github.cxoneassist.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * What one try means. The distinction that everything else rests on: an answer about this event counts against the event,
 * and trouble of the subscriber counts against no event at all, so that days of it lose nothing.
 */
sealed interface Verdict {

    record Delivered() implements Verdict {}

    /** This event was not taken, and may be another time, if not before {@code pause} is over. */
    record Failed(String reason, Duration pause) implements Verdict {}

    /** This event will never be taken. */
    record Refused(String reason) implements Verdict {}

    /** The subscriber wants nothing more at all. */
    record Gone(String reason) implements Verdict {}

    /** The subscriber can take nothing now; it may have said for how long. */
    record Trouble(String reason, Duration pause) implements Verdict {}

    /** Client errors that may pass. */
    Set<Integer> PASSING = Set.of(408, 409, 425);

    /** Too busy, or somebody in front of it can't reach it. */
    Set<Integer> TROUBLE = Set.of(429, 502, 503, 504);

    int GONE = 410;

    Duration LONGEST_PAUSE = Duration.ofDays(1);

    /** Whatever the clocks say. */
    static Duration atMostLongest(Duration pause) {
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    static Verdict of(Answer answer, Instant now) {
        if (answer.isSuccess()) {
            return new Delivered();
        }
        String reason = "status " + answer.status();
        Duration pause = RetryAfter.parse(answer.retryAfter().orElse(null), now, LONGEST_PAUSE)
                .orElse(Duration.ZERO);
        if (answer.status() == GONE) {
            return new Gone(reason);
        } else if (TROUBLE.contains(answer.status())) {
            return new Trouble(reason, pause);
        } else if (answer.status() >= 400 && answer.status() < 500 && !PASSING.contains(answer.status())) {
            return new Refused(reason);
        }
        return new Failed(reason, pause);
    }

    /** Of a try without an answer. What other exceptions say may hold a URL with a token in it. */
    static Verdict of(Throwable trouble) {
        Throwable cause =
                trouble instanceof CompletionException && trouble.getCause() != null ? trouble.getCause() : trouble;
        if (cause instanceof DeliveryException) {
            return new Trouble(cause.getMessage(), Duration.ZERO);
        } else if (cause instanceof TimeoutException) {
            return new Trouble("no answer in time", Duration.ZERO);
        }
        return new Trouble(
                Optional.of(cause.getClass().getSimpleName())
                        .filter(name -> !name.isEmpty())
                        .orElse("no answer"),
                Duration.ZERO);
    }
}
