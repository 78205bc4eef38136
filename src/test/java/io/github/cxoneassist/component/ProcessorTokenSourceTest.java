package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** How long the token of a processor is good for, and when the processor is asked again. */
class ProcessorTokenSourceTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private final CamelContext context = new DefaultCamelContext();
    private final TestClock clock = new TestClock(START);
    private String handedOut = "first";
    private int calls;
    private final ProcessorTokenSource source = source(exchange -> {
        calls++;
        exchange.getMessage().setHeader("Authorization", "Bearer " + handedOut);
    });

    @Test
    void anOpaqueTokenCountsAsGoodForAnHour() throws Exception {
        assertThat(token()).isEqualTo(new AccessToken("first", START.plusSeconds(3600)));
    }

    @Test
    void aJwtIsGoodUntilItsExp() throws Exception {
        handedOut = jwt(START.plusSeconds(600));

        assertThat(token()).isEqualTo(new AccessToken(handedOut, START.plusSeconds(600)));
    }

    @Test
    void theProcessorIsNotAskedWhileItsTokenIsGood() throws Exception {
        token();
        clock.set(START.plusSeconds(3539));

        token();

        assertThat(calls).isEqualTo(1);
    }

    @Test
    void theProcessorIsAskedForAnotherTokenBeforeTheOldOneEnds() throws Exception {
        token();
        clock.set(START.plusSeconds(3540));
        handedOut = "second";

        assertThat(token()).isEqualTo(new AccessToken("second", START.plusSeconds(3540 + 3600)));
    }

    /** A JWT names its end itself; of another token the processor's cache knows more than we do. */
    @Test
    void anOpaqueTokenThatIsStillHandedOutAfterItsHourIsGoodForAnotherFiveMinutes() throws Exception {
        token();
        clock.set(START.plusSeconds(3540));

        assertThat(token()).isEqualTo(new AccessToken("first", START.plusSeconds(3540 + 300)));
    }

    @Test
    void anOpaqueTokenThatIsAskedForAgainEarlyIsNoYoungerForIt() throws Exception {
        AccessToken first = token();
        clock.set(START.plusSeconds(60));
        source.invalidate(new AccessToken("another", START));
        source.invalidate(first);
        assertThatThrownBy(this::token).isInstanceOf(ExecutionException.class);
        clock.set(START.plusSeconds(70));

        assertThat(token()).isEqualTo(first);
    }

    @Test
    void aRefusedTokenIsAskedForAnew() throws Exception {
        source.invalidate(token());
        handedOut = "second";

        assertThat(token().value()).isEqualTo("second");
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void aRefusedTokenThatComesAgainIsNotShownToCxoneAtOnce() throws Exception {
        source.invalidate(token());

        assertThatThrownBy(this::token)
                .cause()
                .isInstanceOfSatisfying(
                        TokenException.class, e -> assertThat(e.retryable()).isFalse())
                .hasMessage("tokenSource mine still hands out the token that CXone refused; it has to drop it from its"
                        + " own cache");
    }

    /** CXone may have been the one in error, and nobody else would ever find out. */
    @Test
    void aRefusedTokenThatStaysIsShownToCxoneAgainAfterAPause() throws Exception {
        source.invalidate(token());
        assertThatThrownBy(this::token).isInstanceOf(ExecutionException.class);
        clock.set(START.plusSeconds(5));

        assertThat(token().value()).isEqualTo("first");
    }

    @Test
    void afterAWrongHeaderTheProcessorIsLeftAloneForTwoSeconds() throws Exception {
        handedOut = "";
        assertThatThrownBy(this::token).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(this::token).isInstanceOf(ExecutionException.class);
        assertThat(calls).isEqualTo(1);
        clock.set(START.plusSeconds(2));
        handedOut = "first";

        assertThat(token().value()).isEqualTo("first");
    }

    private AccessToken token() throws Exception {
        return source.token().toCompletableFuture().get();
    }

    private ProcessorTokenSource source(Processor processor) {
        ForeignCall call = new ForeignCall("tokenSource mine", Runnable::run, Duration.ofSeconds(5));
        return new ProcessorTokenSource(processor, "tokenSource mine", call, context, clock, Duration.ofSeconds(60));
    }

    private static String jwt(Instant exp) {
        return new PlainJWT(new JWTClaimsSet.Builder()
                        .expirationTime(Date.from(exp))
                        .build())
                .serialize();
    }
}
