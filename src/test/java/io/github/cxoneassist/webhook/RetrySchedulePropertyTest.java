package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RetrySchedulePropertyTest {

    private static final Instant FIRST = Instant.parse("2026-11-22T08:00:00Z");

    @Property
    void triesGoOnUntilExactlyTheEndOfTheirTimeAndNoFurther(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int firstSeconds,
            @ForAll @IntRange(min = 60, max = 14_400) int longestSeconds,
            @ForAll @IntRange(min = 0, max = 86_400) int forSeconds) {
        RetrySchedule schedule = new RetrySchedule(
                Duration.ofSeconds(firstSeconds),
                Duration.ofSeconds(longestSeconds),
                Duration.ofSeconds(forSeconds),
                0.2);
        Random random = new Random(seed);
        Instant now = FIRST;
        int tries = 1;
        Optional<Instant> next = schedule.next(tries, FIRST, now, random);
        while (next.isPresent()) {
            Duration pause = Duration.between(now, next.get());
            assertThat(pause).isPositive().isLessThanOrEqualTo(Duration.ofMillis(longestSeconds * 1200L));
            now = next.get();
            tries++;
            next = schedule.next(tries, FIRST, now, random);
        }

        assertThat(now).isEqualTo(FIRST.plusSeconds(forSeconds));
    }

    @Property
    void aPauseIsTwiceTheOneBeforeButForTheJitter(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int tries) {
        Random random = new Random(seed);
        double pause = Duration.between(
                        FIRST,
                        RetrySchedule.DEFAULT.next(tries, FIRST, FIRST, random).orElseThrow())
                .toMillis();

        double exact = 5000 * Math.pow(2, tries - 1);
        assertThat(pause).isBetween(exact * 0.8 - 1, exact * 1.2 + 1);
    }

    @Example
    void theDefaultMakesNoMoreThanTwentyTriesInADay() {
        RetrySchedule exact = new RetrySchedule(Duration.ofSeconds(5), Duration.ofHours(4), Duration.ofHours(24), 0);
        Instant now = FIRST;
        int tries = 1;
        for (Optional<Instant> next = exact.next(tries, FIRST, now, new Random());
                next.isPresent();
                next = exact.next(tries, FIRST, now, new Random())) {
            now = next.get();
            tries++;
        }

        assertThat(tries).isEqualTo(18);
        assertThat(Duration.between(FIRST, now)).isEqualTo(Duration.ofHours(24));
    }
}
