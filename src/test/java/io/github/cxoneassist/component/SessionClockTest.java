package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** By whose clock windows end for the session. */
class SessionClockTest extends CxoneTestBase {

    private final TestClock clock = new TestClock(Instant.now().plus(Duration.ofHours(1)));

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getRegistry().bind("clock", clock);
        return created;
    }

    @Test
    void aWindowThatIsOverByTheClockOfTheRegistryIsNotSentIn() {
        Exception failure = template.send("cxone-assist:main", exchange -> exchange.getMessage()
                        .setBody(SuggestionBodies.suggestion("late")))
                .getException();

        assertThat(failure).hasMessageContaining("The context window of the suggestion ended before it could be sent");
        assertThat(cxone.referee().sends("late")).isZero();
    }
}
