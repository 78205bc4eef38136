package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final TestClock clock = new TestClock();
    private final Progress progress = new Progress(clock);

    @Test
    void whatIsDoneSoonIsNotTold() {
        clock.advance(Duration.ofMillis(1_999));

        assertThat(progress.due(false)).isFalse();
        assertThat(progress.due(true)).isFalse();
    }

    @Test
    void whatTakesLongIsToldEveryTwoSeconds() {
        clock.advance(Duration.ofSeconds(2));
        assertThat(progress.due(false)).isTrue();
        clock.advance(Duration.ofMillis(1_999));
        assertThat(progress.due(false)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(progress.due(false)).isTrue();
    }

    @Test
    void whoeverWasToldOfTheBeginningIsToldOfTheEnd() {
        clock.advance(Duration.ofSeconds(2));
        progress.due(false);

        assertThat(progress.due(true)).isTrue();
    }
}
