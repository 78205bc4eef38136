package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.session.SessionUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Start, stop, start again, and what health says in between. */
class LifecycleTest extends CxoneTestBase {

    private final Queue<Object> received = new ConcurrentLinkedQueue<>();

    @Test
    void stoppingTheRoutesLeavesNoOpenSocketAndStartingThemAgainWorks() throws Exception {
        routes();
        template.sendBody("direct:in", SuggestionBodies.suggestion("before"));

        context.getRouteController().stopRoute("in");
        assertThat(cxone.referee().openSockets()).isEqualTo(1);
        context.getRouteController().stopRoute("events");

        assertThat(cxone.referee().openSockets()).isZero();
        assertThat(cxone.referee().sockets().get(0).byServer()).isFalse();

        context.getRouteController().startAllRoutes();
        template.sendBody("direct:in", SuggestionBodies.suggestion("after"));
        await().until(() -> cxone.referee().sends("after") == 1);
        join(agent.ack("after"));
        await().until(() -> received.size() == 1);
        assertThat(cxone.referee().socketCount()).isEqualTo(2);
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void aStartWaitsForTheLastUserThatIsStillDraining() throws Exception {
        AsyncProducer draining = producer("cxone-assist:main?awaitAck=true");
        awaitConnected();
        draining.process(exchange(SuggestionBodies.suggestion("s-1")), done -> {});
        await().until(() -> cxone.referee().sends("s-1") == 1);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(draining::stop);
        await().until(() -> healthDetails().get("main.state") == null);

        AsyncProducer next = producer("cxone-assist:main?awaitAck=true");

        assertThat(stopped).isDone();
        awaitConnected();
        assertThat(cxone.referee().maxOpenSockets()).isEqualTo(1);
        next.stop();
    }

    @Test
    void aStopWhileTheTokenEndpointIsSilentLeavesNoThread() throws Exception {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.TOKEN_REQUEST).always()));
        AsyncProducer producer = producer("cxone-assist:main");
        await().until(() -> cxone.referee().tokenRequestCount() > 0);
        assertThat(tokenThreads()).hasSize(1);

        producer.stop();

        await().untilAsserted(() -> assertThat(tokenThreads()).isEmpty());
    }

    private static List<String> tokenThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("cxone-assist-token-"))
                .toList();
    }

    @Test
    void stoppingTheContextLeavesNoOpenSocket() throws Exception {
        routes();
        awaitConnected();

        context.stop();

        assertThat(cxone.referee().openSockets()).isZero();
    }

    static Stream<FaultScript.Step> waysToBeDown() {
        return Stream.of(
                new Stall(Occasion.AUTH).always(),
                new Drop(Occasion.AUTH).always(),
                new Stall(Occasion.TOKEN_REQUEST).always(),
                new RefuseUpgrade(503, "").always(),
                new RefuseUpgrade(429, "60").always());
    }

    @ParameterizedTest
    @MethodSource("waysToBeDown")
    void stoppingTheContextWhileCxoneIsDownTakesUnderThreeSeconds(FaultScript.Step fault) throws Exception {
        cxone.play(FaultScript.inOrder(fault));
        routes();
        await().until(() -> cxone.referee().tokenRequestCount() > 0);
        long start = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        await().until(() -> cxone.referee().openSockets() == 0);
    }

    @Test
    void whatARouteStillSendsWhenItIsStoppedEndsAllTheSame() throws Exception {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        AsyncProducer stopped = producer("cxone-assist:main?sendTimeout=1000");
        AsyncProducer other = producer("cxone-assist:main?sendTimeout=1000");
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Exchange exchange = exchange(SuggestionBodies.suggestion("s-1"));
        stopped.process(exchange, done::complete);

        stopped.stop();

        assertThat(done.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(exchange.getException()).isInstanceOf(SessionUnavailableException.class);
        other.stop();
    }

    @Test
    void healthIsUpWithItsStateWhileTheSessionIsReady() throws Exception {
        routes();
        awaitConnected();

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getDetails())
                .containsEntry("main.state", "READY")
                .containsEntry("main.waiting", 0)
                .containsKey("main.since")
                .doesNotContainKey("main.reason");
        assertThat(health.getCheck().isLiveness()).isFalse();
    }

    @Test
    void healthIsDownWithStateAndReasonWhileCxoneIsAwayAndUpAgainAfterwards() throws Exception {
        routes();
        awaitConnected();
        cxone.play(FaultScript.inOrder(new RefuseUpgrade(503, "60").always()));
        join(cxone.dropConnections());

        await().untilAsserted(() -> assertThat(health().getDetails().get("main.reason"))
                .asString()
                .startsWith("upgrade refused with status 503"));
        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getDetails()).containsEntry("main.state", "BACKING_OFF");
        assertThat(health.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("Session main is BACKING_OFF: upgrade refused with status 503"));
    }

    @Test
    void healthIsUpAgainWhenCxoneIsBack() throws Exception {
        routes();
        awaitConnected();
        goAway(new RefuseUpgrade(503, "").always());
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);

        cxone.play(FaultScript.NONE);

        await().until(() -> health().getState() == HealthCheck.State.UP);
    }

    @Test
    void healthSaysThatTheSecretIsWrongAndNotWhatItIs() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main?clientSecret=RAW(wr0ng&s3cret)");

        await().untilAsserted(() ->
                assertThat(health().getDetails().get("main.state")).isEqualTo("BACKING_OFF"));
        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health.getDetails().get("main.reason")).asString().startsWith("no access token: ");
        assertThat(health.getMessage() + " " + health.getDetails())
                .doesNotContain("wr0ng")
                .doesNotContain("s3cret");
        producer.stop();
    }

    @Test
    void healthOfAStoppedSessionIsNotDown() throws Exception {
        routes();
        goAwayAndStop();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getDetails()).doesNotContainKey("main.state");
    }

    private void goAwayAndStop() throws Exception {
        awaitConnected();
        goAway(new Stall(Occasion.AUTH).always());
        context.getRouteController().stopAllRoutes();
    }

    private void routes() throws Exception {
        RouteBuilder.addRoutes(context, builder -> {
            builder.from("cxone-assist:main")
                    .routeId("events")
                    .process(exchange -> received.add(exchange.getMessage().getBody()));
            builder.from("direct:in").routeId("in").to("cxone-assist:main");
        });
    }
}
