package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenException;
import io.github.cxoneassist.oauth.TokenSource;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens from a bean of somebody else: how it is named, what it is told, and what is said of one that fails. */
@Timeout(40)
class TokenSourceTest extends TokenSourceTestBase {

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
    void aTokenSourceWinsOverTheClientOfTheComponent() throws Exception {
        component().setConfiguration(configuration());
        bind("tokens", source(() -> cxone.issueToken()));

        producer("cxone-assist:main?tokenSource=tokens");

        awaitConnected();
        assertThat(cxone.referee().tokenRequestCount()).isZero();
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
}
