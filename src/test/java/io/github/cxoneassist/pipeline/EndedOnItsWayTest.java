package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a suggestion between its slot and its frame. The one who gets the slot next must not make one too many. */
class EndedOnItsWayTest extends FailingDatabaseTestBase {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private DataSourceThatCommitsLate late;

    EndedOnItsWayTest() {
        super(SINK + "?bufferLimit=2&holdLimit=3");
    }

    @Override
    DataSource misbehaving(DataSource database) {
        late = new DataSourceThatCommitsLate(database);
        return late;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getRegistry().bind("meters", meters);
        return created;
    }

    @Override
    protected RoutesBuilder[] createRouteBuilders() {
        return new RoutesBuilder[] {
            createRouteBuilder(),
            new RouteBuilder() {
                @Override
                public void configure() {
                    from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
                }
            }
        };
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().frameCount(Frame.Direction.OUT) == 1);
    }

    @AfterEach
    void commitWhatIsHeld() {
        late.release();
    }

    private CompletableFuture<Exchange> offered(String id) {
        return template.asyncSend("direct:in", exchange -> exchange.getMessage()
                .setBody(SuggestionBodies.suggestion("call", id).toString()));
    }

    private CompletableFuture<Exchange> ended() {
        return template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setHeader("CamelCxoneAssistEndInteraction", true);
            exchange.getMessage().setHeader("CamelCxoneAssistInteractionId", "call");
        });
    }

    private static String told(CompletableFuture<Exchange> offered) throws Exception {
        return offered.get(10, TimeUnit.SECONDS).getMessage().getBody(String.class);
    }

    private void awaitActive(int active) {
        await().until(() -> runtime().ledger().active("call") == active);
    }

    private List<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .toList();
    }

    private void cxoneComesBack() {
        cxone.play(FaultScript.NONE);
        // the attempt that was stalled would wait for its answer to its deadline
        cxone.dropConnections();
    }

    private static String refused(String id) {
        return "{\"interactionId\":\"call\",\"id\":\"" + id + "\",\"status\":\"refused\","
                + "\"reason\":\"interaction_ended\",\"violations\":[],\"rawScore\":0.85,\"adjustedScore\":0.85}";
    }

    @Test
    void whatEndsWhileItsRowIsOnItsWayIsNotSentAndItsSourceIsToldWhy() throws Exception {
        CompletableFuture<Exchange> a = offered("a");
        CompletableFuture<Exchange> b = offered("b");
        awaitActive(2);
        CompletableFuture<Exchange> end = ended();
        awaitActive(0);
        CompletableFuture<Exchange> c = offered("c");
        CompletableFuture<Exchange> d = offered("d");
        awaitActive(2);

        late.release();

        assertThat(told(a)).isEqualTo(refused("a"));
        assertThat(told(b)).isEqualTo(refused("b"));
        assertThat(told(end)).contains("\"ended\"");
        assertThat(told(c)).contains("\"sent\"");
        assertThat(told(d)).contains("\"sent\"");
        await().untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrder("c", "d"));
        assertThat(audit.lines())
                .containsExactlyInAnyOrder(
                        "injected a",
                        "injected b",
                        "expired a interaction_ended",
                        "expired b interaction_ended",
                        "injected c",
                        "injected d");
        assertThat(cxone.referee().maxActive()).isEqualTo(2);
    }

    @Test
    void theEndIsOnDiskBeforeTheSourceIsTold() throws Exception {
        late.release();
        cxoneGoesAway();
        CompletableFuture<Exchange> a = offered("a");
        await().until(() -> audit.lines().contains("injected a"));
        failing.fail(true);
        CompletableFuture<Exchange> end = ended();
        awaitActive(0);
        cxoneComesBack();
        // longer than one that did not wait would take to be told
        await().during(500, TimeUnit.MILLISECONDS).until(() -> !a.isDone() && !end.isDone());

        failing.fail(false);

        assertThat(told(a)).isEqualTo(refused("a"));
        assertThat(audit.lines()).containsExactly("injected a", "expired a interaction_ended");
    }

    @Test
    void whatEndsWhileItWaitsForTheConnectionIsNotSent() throws Exception {
        late.release();
        cxoneGoesAway();
        CompletableFuture<Exchange> a = offered("a");
        CompletableFuture<Exchange> b = offered("b");
        await().until(() -> audit.lines().size() == 2);
        told(ended());
        CompletableFuture<Exchange> c = offered("c");
        CompletableFuture<Exchange> d = offered("d");
        await().until(() -> audit.lines().size() == 6);

        cxoneComesBack();

        assertThat(told(a)).isEqualTo(refused("a"));
        assertThat(told(b)).isEqualTo(refused("b"));
        assertThat(told(c)).contains("\"sent\"");
        assertThat(told(d)).contains("\"sent\"");
        await().untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrder("c", "d"));
        assertThat(audit.lines()).hasSize(6).noneMatch(line -> line.startsWith("dispatch_failed"));
    }

    @Test
    void whatEndedAndWasNotAcknowledgedIsNotSentAgainOnTheNextConnection() throws Exception {
        late.release();
        told(offered("a"));
        await().until(() -> cxone.referee().sends("a") == 1);
        cxoneGoesAway();
        told(ended());
        CompletableFuture<Exchange> b = offered("b");

        cxoneComesBack();

        assertThat(told(b)).contains("\"sent\"");
        await().until(() -> cxone.referee().sends("b") == 1);
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void whatIsSaidOfOneThatIsYetToBeSentChangesNothing() throws Exception {
        CompletableFuture<Exchange> a = offered("a");
        awaitActive(1);

        agent.accept("call", "a", Map.of());
        await().until(() -> meters.find("cxone.assist.events.ignored").counter() != null
                && meters.get("cxone.assist.events.ignored")
                                .tag("reason", "not_sent")
                                .counter()
                                .count()
                        >= 1);
        late.release();

        assertThat(told(a)).contains("\"sent\"");
        await().until(() -> cxone.referee().sends("a") == 1);
        await().untilAsserted(() -> assertThat(audit.lines()).containsExactly("injected a", "ignored a not_sent"));
        assertThat(runtime().ledger().active("call")).isEqualTo(1);
    }
}
