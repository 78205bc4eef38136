package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.oauth.TokenException;
import io.github.cxoneassist.oauth.TokenSource;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a bean of somebody else, for a component that knows no client of its own. */
@Timeout(40)
class TokenSourceTest extends CxoneTestBase {

    private final Queue<Exchange> exchanges = new ArrayDeque<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        CxoneAssistConfiguration bare = new CxoneAssistConfiguration();
        bare.setWebSocketUrl(cxone.webSocketUrl());
        bare.setReconnectDelay(20);
        bare.setMaxReconnectDelay(100);
        bare.setSendTimeout(5_000);
        created.getComponent("cxone-assist", CxoneAssistComponent.class).setConfiguration(bare);
        return created;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "#tokens", "#bean:tokens"})
    void aBeanOfTheRegistryIsNamedWithOrWithoutAHash(String reference) throws Exception {
        bind("tokens", source(() -> cxone.issueToken()));

        producer("cxone-assist:main?tokenSource=" + reference);

        awaitConnected();
        assertThat(cxone.referee().tokenRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens", "#tokens", "#bean:tokens"})
    void aPropertyOfTheComponentNamesItInTheSameWay(String reference) throws Exception {
        bind("tokens", source(() -> cxone.issueToken()));
        component().getConfiguration().setTokenSource(reference);

        producer("cxone-assist:main");

        awaitConnected();
    }

    @Test
    void theBeanItselfMayBeGiven() throws Exception {
        component().getConfiguration().setTokenSource(source(() -> cxone.issueToken()));

        producer("cxone-assist:main");

        awaitConnected();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankTokenSourceCountsAsUnset(String blank) throws Exception {
        component().setConfiguration(configuration());
        component().getConfiguration().setTokenSource(blank);

        producer("cxone-assist:main");

        awaitConnected();
        assertThat(cxone.referee().tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aProcessorInTheMannerOfCamelOauthBringsTheToken() throws Exception {
        bind("oauth", likeCamelOauth());

        template.sendBody("cxone-assist:main?tokenSource=oauth", SuggestionBodies.suggestion("s-1"));

        await().until(() -> cxone.referee().sends("s-1") == 1);
        assertThat(cxone.referee().tokenRequests()).hasSize(1).allMatch(request -> request.ok());
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void aTokenSourceWinsOverTheClientOfTheComponent() throws Exception {
        component().setConfiguration(configuration());
        bind("tokens", source(() -> cxone.issueToken()));

        producer("cxone-assist:main?tokenSource=tokens");

        awaitConnected();
        assertThat(cxone.referee().tokenRequestCount()).isZero();
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
    void aTokenSourceIsNeverCalledOnAnEventLoop() throws Exception {
        List<Boolean> onEventLoop = new CopyOnWriteArrayList<>();
        bind("tokens", source(() -> {
            onEventLoop.add(Context.isOnEventLoopThread());
            return cxone.issueToken();
        }));

        producer("cxone-assist:main?tokenSource=tokens");

        awaitConnected();
        assertThat(onEventLoop).containsExactly(false);
    }

    @Test
    void aTokenSourceHearsWhichTokenWasRefusedAndBringsAnother() throws Exception {
        List<String> invalidated = new CopyOnWriteArrayList<>();
        List<String> issued = new CopyOnWriteArrayList<>();
        bind("tokens", new TokenSource() {
            private String current;

            @Override
            public synchronized CompletionStage<AccessToken> token() {
                if (current == null) {
                    current = cxone.issueToken();
                    issued.add(current);
                }
                return CompletableFuture.completedStage(lasting(current));
            }

            @Override
            public synchronized void invalidate(AccessToken stale) {
                invalidated.add(stale.value());
                current = null;
            }
        });
        producer("cxone-assist:main?tokenSource=tokens");
        awaitConnected();

        cxone.rejectTokens();
        join(cxone.dropConnections());

        await().until(() -> issued.size() == 2);
        awaitConnected();
        assertThat(invalidated).containsExactly(issued.get(0));
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
        ProcessorThatHangs processor = new ProcessorThatHangs(1, false, likeCamelOauth());
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
        ProcessorThatHangs processor = new ProcessorThatHangs(1, true, likeCamelOauth());
        bind("oauth", processor);

        producer("cxone-assist:main?tokenSource=oauth&connectTimeout=1000");

        awaitConnected();
        assertThat(processor.calls).hasValue(2);
        processor.release.countDown();
    }

    @Test
    void aProcessorThatHangsForGoodCostsFourThreadsAtTheMostAndIsAskedAgainWhenItComesBack() throws Exception {
        ProcessorThatHangs processor = new ProcessorThatHangs(4, true, likeCamelOauth());
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

    static Stream<Arguments> failingSources() {
        return Stream.of(
                Arguments.of(
                        "throws",
                        failing(() -> {
                            throw new IllegalStateException("s3cret");
                        }),
                        "failed: IllegalStateException"),
                Arguments.of(
                        "lacks a class",
                        failing(() -> {
                            throw new NoClassDefFoundError("org/acme/Missing");
                        }),
                        "failed: NoClassDefFoundError"),
                Arguments.of("returns null", failing(() -> null), "failed: NullPointerException"),
                Arguments.of(
                        "completes with null",
                        failing(() -> CompletableFuture.completedStage(null)),
                        "gave null for a token"),
                Arguments.of(
                        "fails as it should",
                        failing(() ->
                                CompletableFuture.failedStage(TokenException.tryAgain("The vault is sealed", null))),
                        "The vault is sealed"),
                Arguments.of("never answers", failing(CompletableFuture::new), "gave no token within PT0.5S"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failingSources")
    void aTokenSourceThatFailsIsTriedAgainAndTheReasonSaysWhy(String how, TokenSource source, String reason)
            throws Exception {
        bind("tokens", source);

        producer("cxone-assist:main?tokenSource=tokens&connectTimeout=500");

        await().untilAsserted(() -> assertThat(reason())
                .startsWith("no access token: ")
                .contains(reason + "; next attempt in PT")
                .doesNotContain("s3cret"));
    }

    @Test
    void aNameWithTwoTokenSourcesIsRefused() throws Exception {
        bind("one", source(() -> cxone.issueToken()));
        bind("two", source(() -> cxone.issueToken()));
        producer("cxone-assist:main?tokenSource=one");

        assertThatThrownBy(() -> producer("cxone-assist:main?tokenSource=two"))
                .hasMessageStartingWith("cxone-assist:main is used with two different configurations.");
    }

    @Test
    void aNameWhoseTokenSourceIsSpeltInTwoWaysIsShared() throws Exception {
        bind("oauth", likeCamelOauth());
        producer("cxone-assist:main?tokenSource=oauth");
        producer("cxone-assist:main?tokenSource=#oauth&awaitAck=true");
        awaitConnected();

        assertThat(cxone.referee().socketCount()).isEqualTo(1);
    }

    @Test
    void aMissingBeanIsNamedAtTheStart() throws Exception {
        assertStartFails(
                "oauth",
                "cxone-assist: there is no bean named 'oauth' for tokenSource in the registry. Bind one under this name."
                        + " It has to be an io.github.cxoneassist.oauth.TokenSource, or a Camel Processor that sets the"
                        + " header Authorization to Bearer and a token.");
    }

    @Test
    void aMissingBeanAfterAHashIsNamedByCamelAtTheStart() throws Exception {
        assertThatThrownBy(() -> start("#oauth"))
                .hasStackTraceContaining("No bean could be found in the registry for: oauth");
    }

    @Test
    void aBeanOfAnotherTypeIsNamedAtTheStart() throws Exception {
        bind("oauth", new StringBuilder("secret"));

        assertThatThrownBy(() -> producer("cxone-assist:main?tokenSource=oauth"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cxone-assist: tokenSource oauth (StringBuilder) is neither of what a token can come from. It"
                                + " has to be an io.github.cxoneassist.oauth.TokenSource, or a Camel Processor that sets the"
                                + " header Authorization to Bearer and a token.");
    }

    private void assertStartFails(String tokenSource, String message) {
        assertThatThrownBy(() -> start(tokenSource)).hasRootCauseMessage(message);
    }

    private static void start(String tokenSource) throws Exception {
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(bare, builder -> builder.from("direct:in")
                    .to("cxone-assist:main?region=eu&tokenSource=" + tokenSource));
            bare.start();
        }
    }

    private CxoneAssistComponent component() {
        return context.getComponent("cxone-assist", CxoneAssistComponent.class);
    }

    private void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    private Processor likeCamelOauth() {
        return new ClientCredentialsProcessor(cxone.tokenUrl(), CONFIG);
    }

    private static Processor setting(Supplier<String> header) {
        return exchange -> exchange.getMessage().setHeader("Authorization", header.get());
    }

    private String reason() {
        return String.valueOf(healthDetails().get("main.reason"));
    }

    private Duration nextAttempt() {
        return Duration.parse(reason().replaceFirst(".*next attempt in ", ""));
    }

    private static TokenSource source(Supplier<String> tokens) {
        return failing(() -> CompletableFuture.completedStage(lasting(tokens.get())));
    }

    private static TokenSource failing(Supplier<CompletionStage<AccessToken>> answers) {
        return new TokenSource() {
            @Override
            public CompletionStage<AccessToken> token() {
                return answers.get();
            }

            @Override
            public void invalidate(AccessToken stale) {}
        };
    }

    private static AccessToken lasting(String value) {
        return new AccessToken(value, Instant.now().plusSeconds(3600));
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
