package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatelyExpiredTest {

    private final LatelyExpired lately = new LatelyExpired();

    @Test
    void theLastTenThousandAreKnownAndNoOther() {
        IntStream.rangeClosed(0, 10_000).forEach(i -> lately.add(new Ended(key(i), false)));

        assertThat(lately.find(key(0))).isEmpty();
        assertThat(lately.find(key(1))).contains(new Ended(key(1), false));
        assertThat(lately.find(key(10_000))).contains(new Ended(key(10_000), false));
    }

    @Test
    void oneThatRanOutAgainIsAsYoungAsItsLastEnd() {
        IntStream.range(0, 10_000).forEach(i -> lately.add(new Ended(key(i), false)));

        lately.add(new Ended(key(0), true));
        lately.add(new Ended(key(10_000), false));

        assertThat(lately.find(key(0))).contains(new Ended(key(0), true));
        assertThat(lately.find(key(1))).isEmpty();
    }

    private static SuggestionKey key(int number) {
        return new SuggestionKey("call", "s-" + number);
    }
}
