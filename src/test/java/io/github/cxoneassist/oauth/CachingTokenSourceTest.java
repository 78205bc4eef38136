package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CachingTokenSourceTest {

    private final TestClock clock = new TestClock();
    /** Requests under way: the test is the server. */
    private final Deque<CompletableFuture<AccessToken>> requests = new ArrayDeque<>();

    private int asked;
    private final CachingTokenSource source = new CachingTokenSource(this::send, clock, Duration.ofSeconds(60));

    private synchronized CompletionStage<AccessToken> send() {
        asked++;
        CompletableFuture<AccessToken> request = new CompletableFuture<>();
        requests.add(request);
        return request;
    }

    @Test
    void aTokenServesUntilTheMarginBeforeItsExpiry() {
        AccessToken first = obtain("first", 3600);

        clock.advance(Duration.ofSeconds(3539));
        assertThat(source.token()).isCompletedWithValue(first);
        clock.advance(Duration.ofSeconds(1));
        assertThat(source.token().toCompletableFuture()).isNotDone();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aTokenShorterThanTheMarginServesHalfItsLife() {
        AccessToken first = obtain("short", 30);

        clock.advance(Duration.ofSeconds(14));
        assertThat(source.token()).isCompletedWithValue(first);
        clock.advance(Duration.ofSeconds(1));
        source.token();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void fiftyCallersShareOneRequest() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        CountDownLatch together = new CountDownLatch(50);
        try {
            List<Future<CompletionStage<AccessToken>>> stages = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                stages.add(callers.submit(() -> {
                    together.countDown();
                    together.await();
                    return source.token();
                }));
            }
            List<CompletableFuture<AccessToken>> answers = new ArrayList<>();
            for (Future<CompletionStage<AccessToken>> stage : stages) {
                answers.add(stage.get(10, TimeUnit.SECONDS).toCompletableFuture());
            }
            AccessToken token = token("shared", 3600);
            requests.remove().complete(token);

            assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(token));
            assertThat(asked).isEqualTo(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aCallerThatCancelsTakesNothingFromTheOthers() {
        CompletableFuture<AccessToken> impatient = source.token().toCompletableFuture();
        CompletionStage<AccessToken> patient = source.token();
        impatient.cancel(true);
        AccessToken token = token("shared", 3600);
        requests.remove().complete(token);

        assertThat(patient.toCompletableFuture()).isCompletedWithValue(token);
    }

    @Test
    void aFailedRequestFailsItsCallersAndIsForgotten() {
        CompletionStage<AccessToken> one = source.token();
        CompletionStage<AccessToken> two = source.token();
        TokenException failure = TokenException.tryAgain("503", null);
        requests.remove().completeExceptionally(failure);

        assertThat(one.toCompletableFuture()).isCompletedExceptionally();
        assertThat(two.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCause(failure);
        source.token();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void theOldTokenServesWhereItsRenewalFails() {
        AccessToken old = obtain("old", 3600);
        clock.advance(Duration.ofSeconds(3550));
        CompletionStage<AccessToken> renewal = source.token();
        requests.remove().completeExceptionally(TokenException.giveUp("401"));

        assertThat(renewal.toCompletableFuture()).isCompletedWithValue(old);
        assertThat(source.token()).isCompletedWithValue(old);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void anOldTokenThatExpiredDuringItsRenewalDoesNotServe() {
        obtain("old", 3600);
        clock.advance(Duration.ofSeconds(3550));
        CompletionStage<AccessToken> renewal = source.token();
        clock.advance(Duration.ofSeconds(50));
        requests.remove().completeExceptionally(TokenException.tryAgain("503", null));

        assertThat(renewal.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aRefusedClientIsLeftInPeaceForTwoSeconds() {
        source.token();
        requests.remove().completeExceptionally(TokenException.giveUp("401"));

        clock.advance(Duration.ofMillis(1999));
        assertThat(source.token().toCompletableFuture()).isCompletedExceptionally();
        assertThat(asked).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        source.token();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void retryAfterIsObeyedWhoeverAsks() {
        source.token();
        requests.remove().completeExceptionally(TokenException.tryAgainAfter("429", Duration.ofSeconds(30)));

        clock.advance(Duration.ofSeconds(29));
        assertThat(source.token().toCompletableFuture()).isCompletedExceptionally();
        assertThat(asked).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        source.token();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void anInvalidatedTokenIsReplaced() {
        AccessToken first = obtain("first", 3600);
        source.invalidate(first);

        assertThat(obtain("second", 3600).value()).isEqualTo("second");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void invalidatingAnOlderTokenLeavesTheNewerOne() {
        AccessToken first = obtain("first", 3600);
        source.invalidate(first);
        AccessToken second = obtain("second", 3600);
        source.invalidate(first);

        assertThat(source.token()).isCompletedWithValue(second);
    }

    @Test
    void anInvalidatedTokenDoesNotServeWhereItsRenewalFails() {
        AccessToken old = obtain("old", 3600);
        clock.advance(Duration.ofSeconds(3550));
        CompletionStage<AccessToken> renewal = source.token();
        source.invalidate(old);
        requests.remove().completeExceptionally(TokenException.tryAgain("503", null));

        assertThat(renewal.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void aRequestThatThrowsFailsTheCallersInsteadOfHangingThem() {
        CachingTokenSource broken = new CachingTokenSource(
                () -> {
                    throw new IllegalStateException("broken");
                },
                clock,
                Duration.ofSeconds(60));

        assertThat(broken.token().toCompletableFuture()).isCompletedExceptionally();
        assertThat(broken.token().toCompletableFuture()).isCompletedExceptionally();
    }

    private AccessToken obtain(String value, long seconds) {
        CompletionStage<AccessToken> stage = source.token();
        AccessToken token = token(value, seconds);
        requests.remove().complete(token);
        assertThat(stage.toCompletableFuture()).isCompletedWithValue(token);
        return token;
    }

    private AccessToken token(String value, long seconds) {
        return new AccessToken(value, clock.instant().plusSeconds(seconds));
    }
}
