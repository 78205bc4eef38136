package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    @Test
    void triesFiveTimesByDefaultTheFirstTimeAtOnce() {
        assertThat(RetryPolicy.DEFAULT.tries()).isEqualTo(5);
        assertThat(RetryPolicy.DEFAULT.pauseBefore(1, new Random(1))).isZero();
    }

    @Test
    void pausesExactlyWithoutJitter() {
        RetryPolicy policy = new RetryPolicy(List.of(Duration.ZERO, Duration.ofSeconds(5)), 0, Duration.ofSeconds(1));

        assertThat(policy.pauseBefore(2, new Random(1))).isEqualTo(Duration.ofSeconds(5));
    }

    @Property
    void straysFromThePauseByNoMoreThanTheJitter(
            @ForAll long seed,
            @ForAll @IntRange(max = 100_000) int millis,
            @ForAll @DoubleRange(max = 1) double jitter) {
        Duration pause = Duration.ofMillis(millis);
        RetryPolicy policy = new RetryPolicy(List.of(pause), jitter, Duration.ofSeconds(1));

        double nanos = policy.pauseBefore(1, new Random(seed)).toNanos();

        assertThat(nanos).isBetween(pause.toNanos() * (1 - jitter) - 1, pause.toNanos() * (1 + jitter) + 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAJitterOutsideItsRange(double jitter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(Duration.ZERO), jitter, Duration.ofSeconds(1)))
                .withMessageContaining("jitter");
    }

    @Test
    void refusesToTryNever() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(), 0, Duration.ofSeconds(1)))
                .withMessageContaining("pause");
    }

    @Test
    void refusesATimeOutOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(List.of(Duration.ZERO), 0, Duration.ZERO))
                .withMessageContaining("time-out");
    }
}
