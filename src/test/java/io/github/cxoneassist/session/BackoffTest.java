package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "6, 16000", "7, 30000", "8, 30000", "2147483647, 30000"})
    void theCeilingDoublesUpToTheMaximum(int failures, long millis) {
        assertThat(Backoff.NETWORK.ceiling(failures)).isEqualTo(Duration.ofMillis(millis));
    }

    @Property
    void theDelayLiesBetweenTheFloorAndTheFloorPlusTheCeiling(
            @ForAll @IntRange(min = 1) int failures,
            @ForAll @IntRange(min = 0, max = 600) int floor,
            @ForAll long seed) {
        Duration least = Duration.ofSeconds(floor);
        Duration delay = Backoff.NETWORK.delay(failures, least, new Random(seed));

        assertThat(delay).isBetween(least, least.plus(Backoff.NETWORK.ceiling(failures)));
    }

    @Test
    void theJitterReachesBothEnds() {
        Backoff tiny = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        RandomGenerator random = new Random(1);

        assertThat(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(i -> tiny.delay(1, Duration.ZERO, random))
                        .distinct())
                .containsExactlyInAnyOrder(Duration.ZERO, Duration.ofMillis(1));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.NETWORK.delay(0, Duration.ZERO, new Random()));
    }
}
