package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cxoneassist.oauth.CapturedLog;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens from a Camel {@link Processor}, as camel-oauth has them: how it is called, and what becomes of one that misbehaves. */
@Timeout(40)
class TokenProcessorTest extends TokenSourceTestBase {

    private final Queue<Exchange> exchanges = new ArrayDeque<>();

    @Test
    void aProcessorInTheMannerOfCamelOauthBringsTheToken() throws Exception {
        bind("oauth", likeCamelOauth());

        template.sendBody("cxone-assist:main?tokenSource=oauth", SuggestionBodies.suggestion("s-1"));

        await().until(() -> cxone.referee().sends("s-1") == 1);
        assertThat(cxone.referee().tokenRequests()).hasSize(1).allMatch(request -> request.ok());
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void aProcessorIsCalledWithAFreshExchangeAndNeverOnAnEventLoop() throws Exception {
        List<Boolean> onEventLoop = new CopyOnWriteArrayList<>();
        bind("oauth", (Processor) exchange -> {
            onEventLoop.add(Context.isOnEventLoopThread());
            assertThat(exchange.getMessage().getHeaders()).isEmpty();
            exchanges.add(exchange);
            exchange.getMessage().setHeader("authorization", "bearer " + cxone.issueToken());
        });
        producer("cxone-assist:main?tokenSource=oauth");
        awaitConnected();
        cxone.rejectTokens();
        join(cxone.dropConnections());

        await().until(() -> onEventLoop.size() == 2);
        awaitConnected();

        assertThat(onEventLoop).containsExactly(false, false);
        assertThat(exchanges.poll()).isNotSameAs(exchanges.poll());
    }

    @Test
    void aRefusedTokenMakesAProcessorBeAskedAgainAtOnce() throws Exception {
        bind("oauth", likeCamelOauth());
        producer("cxone-assist:main?tokenSource=oauth");
        awaitConnected();

        cxone.rejectTokens();
        join(cxone.dropConnections());

        await().until(() -> cxone.referee().tokenRequestCount() == 2);
        awaitConnected();
        assertThat(cxone.referee().socketCount()).isEqualTo(3);
    }

    @Test
    void aProcessorThatKeepsARefusedTokenIsAskedOnTheSlowScaleAndTheReasonSaysSo() throws Exception {
        ProcessorThatKeepsItsToken processor = new ProcessorThatKeepsItsToken("outdated");
        bind("oauth", processor);

        producer("cxone-assist:main?tokenSource=oauth");

        await().untilAsserted(() -> assertThat(reason())
                .startsWith("no access token: tokenSource oauth (ProcessorThatKeepsItsToken) still hands out the token"
                        + " that CXone refused; it has to drop it from its own cache; next attempt in PT"));
        assertThat(processor.calls).hasValue(2);
        assertThat(cxone.referee().socketCount()).isEqualTo(1);
        assertThat(nextAttempt()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(reason()).doesNotContain("outdated");
    }

    /** An hour is more than a test can wait, so the token is a JWT of three seconds. */
    @Test
    void theExpOfAJwtLeadsToARenewalInPlace() throws Exception {
        String first = jwt(Instant.now().plusSeconds(3));
        String second = jwt(Instant.now().plusSeconds(3600));
        Queue<String> tokens = new ArrayDeque<>(List.of(first, second));
        bind("oauth", setting(() -> "Bearer " + tokens.remove()));
        try (CredulousServer server = new CredulousServer()) {
            producer("cxone-assist:main?tokenSource=oauth&webSocketUrl=" + server.url());

            await().until(() -> server.tokens.size() == 2);

            assertThat(server.tokens).containsExactly(first, second);
            assertThat(server.sockets).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aProcessorThatThrowsIsAskedAgainAndItsWordsStayItsOwn(boolean onTheExchange) throws Exception {
        String token = cxone.issueToken();
        bind(
                "oauth",
                new ProcessorThatThrows(1_000, "token " + token, onTheExchange, setting(() -> "Bearer " + token)));
        try (CapturedLog log = new CapturedLog(Level.DEBUG)) {
            producer("cxone-assist:main?tokenSource=oauth");

            await().untilAsserted(() -> assertThat(reason())
                    .startsWith("no access token: tokenSource oauth (ProcessorThatThrows) failed:"
                            + " IllegalStateException, caused by ConnectException; next attempt in PT"));
            assertThat(log.text()).contains("failed: IllegalStateException").doesNotContain(token);
        }
    }

    @Test
    void aProcessorThatThrewBringsATokenLater() throws Exception {
        bind("oauth", new ProcessorThatThrows(3, "away", false, likeCamelOauth()));

        producer("cxone-assist:main?tokenSource=oauth");

        awaitConnected();
    }

    @Test
    void aProcessorThatHangsIsInterruptedAndAskedAgain() throws Exception {
        ProcessorThatHangs processor = new ProcessorThatHangs(1, false, atOnce());
        bind("oauth", processor);

        producer("cxone-assist:main?tokenSource=oauth&connectTimeout=1000");

        awaitConnected();
        assertThat(processor.interrupted).hasValue(1);
        assertThat(processor.calls).hasValue(2);
    }

    @Test
    void whileAProcessorHangsTheReasonSaysSo() throws Exception {
        bind("oauth", new ProcessorThatHangs(1_000, false, likeCamelOauth()));

        producer("cxone-assist:main?tokenSource=oauth&connectTimeout=200");

        await().untilAsserted(() -> assertThat(reason())
                .startsWith("no access token: tokenSource oauth (ProcessorThatHangs) gave no token within PT0.2S; next"
                        + " attempt in PT"));
    }

    @Test
    void aProcessorThatTakesNoNoticeOfAnInterruptionCostsOneThreadAndNotTheSession() throws Exception {
        ProcessorThatHangs processor = new ProcessorThatHangs(1, true, atOnce());
        bind("oauth", processor);

        producer("cxone-assist:main?tokenSource=oauth&connectTimeout=1000");

        awaitConnected();
        assertThat(processor.calls).hasValue(2);
        processor.release.countDown();
    }

    @Test
    void aProcessorThatHangsForGoodCostsFourThreadsAtTheMostAndIsAskedAgainWhenItComesBack() throws Exception {
        ProcessorThatHangs processor = new ProcessorThatHangs(4, true, atOnce());
        bind("oauth", processor);

        producer("cxone-assist:main?tokenSource=oauth&connectTimeout=500");

        await().untilAsserted(() -> assertThat(reason())
                .startsWith(
                        "no access token: tokenSource oauth (ProcessorThatHangs) was not asked: it has not come back"
                                + " from earlier calls; next attempt in PT"));
        assertThat(processor.calls).hasValue(4);
        processor.release.countDown();
        awaitConnected();
        assertThat(processor.calls).hasValue(5);
    }

    @Test
    void stoppingTheContextWhileAProcessorHangsTakesUnderThreeSeconds() throws Exception {
        ProcessorThatHangs processor = new ProcessorThatHangs(1, false, likeCamelOauth());
        bind("oauth", processor);
        RouteBuilder.addRoutes(context, builder -> builder.from("direct:in").to("cxone-assist:main?tokenSource=oauth"));
        await().until(() -> processor.calls.get() == 1);
        long start = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        await().until(() -> processor.interrupted.get() == 1);
    }

    static Stream<Arguments> wrongHeaders() {
        return Stream.of(
                Arguments.of("none", null, "set no header Authorization"),
                Arguments.of("Basic", "Basic c2VjcmV0", "set a header Authorization that is not Bearer"),
                Arguments.of("blank", "Bearer  ", "set a header Authorization with a blank token"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongHeaders")
    void aWrongHeaderIsNamedAndTriedAgainOnTheSlowScale(String name, String header, String reason) throws Exception {
        bind("oauth", new ProcessorThatSets(header));

        producer("cxone-assist:main?tokenSource=oauth");

        await().untilAsserted(() -> assertThat(reason())
                .startsWith("no access token: tokenSource oauth (ProcessorThatSets) " + reason
                        + "; it has to be 'Bearer', a blank and the token; next attempt in PT"));
        assertThat(nextAttempt()).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(cxone.referee().socketCount()).isZero();
    }

    private Duration nextAttempt() {
        return Duration.parse(reason().replaceFirst(".*next attempt in ", ""));
    }

    /** Asks nobody, so that it is within any deadline. */
    private Processor atOnce() {
        return setting(() -> "Bearer " + cxone.issueToken());
    }

    private static Processor setting(Supplier<String> header) {
        return exchange -> exchange.getMessage().setHeader("Authorization", header.get());
    }

    private static String jwt(Instant exp) {
        return new PlainJWT(new JWTClaimsSet.Builder()
                        .expirationTime(Date.from(exp))
                        .build())
                .serialize();
    }

    /** @param header null for none */
    private record ProcessorThatSets(String header) implements Processor {
        @Override
        public void process(Exchange exchange) {
            if (header != null) {
                exchange.getMessage().setHeader("Authorization", header);
            }
        }
    }
}
