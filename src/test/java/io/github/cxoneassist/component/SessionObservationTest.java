package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Garbage;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncProducer;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A session seen from outside: meters, listeners, the dev console. */
class SessionObservationTest extends CxoneTestBase {

    @BindToRegistry(MicrometerConstants.METRICS_REGISTRY_NAME)
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final List<SessionEvent> heard = new CopyOnWriteArrayList<>();

    @BindToRegistry("listener")
    final SessionListener listener = heard::add;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.setDevConsole(true);
        return created;
    }

    private double gauge(String name, String... tags) {
        return meters.get("cxone.assist.session." + name)
                .tag("session", "main")
                .tags(tags)
                .gauge()
                .value();
    }

    private double functionCounter(String name) {
        return meters.get("cxone.assist.session." + name)
                .tag("session", "main")
                .functionCounter()
                .count();
    }

    private double events(String to, String kind) {
        var counter =
                meters.find(SessionMetrics.EVENTS).tags("to", to, "kind", kind).counter();
        return counter == null ? 0 : counter.count();
    }

    private DevConsole console() {
        return context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .getConsole("cxone-assist")
                .orElseThrow();
    }

    @Test
    void theStateOfASessionIsAGauge() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");
        awaitConnected();

        assertThat(gauge("state", "state", "ready")).isEqualTo(1);
        assertThat(gauge("state", "state", "backing_off")).isZero();
        producer.stop();
    }

    @Test
    void theEventsOfASessionAreCountedByTheirKind() throws Exception {
        cxone.play(FaultScript.inOrder(new FailAuth("not today").times(2)));
        AsyncProducer producer = producer("cxone-assist:main?reconnectDelay=20");

        await().until(() -> events("backing_off", "authentication") >= 1);
        assertThat(events("connecting", "progress")).isGreaterThanOrEqualTo(1);
        producer.stop();
    }

    @Test
    void framesThatCannotBeReadAreCounted() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");
        awaitConnected();

        cxone.play(FaultScript.inOrder(new SendGarbage(Occasion.NOW, Garbage.NOT_JSON).once()));

        await().until(() -> functionCounter("malformed") == 1);
        producer.stop();
    }

    @Test
    void whatWasSentAndHeardIsCounted() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");

        producer.process(exchange(SuggestionBodies.suggestion("s-1")), done -> {});

        await().until(() -> functionCounter("sent") == 1);
        await().until(() -> functionCounter("received") >= 1);
        assertThat(functionCounter("reconnects")).isZero();
        producer.stop();
    }

    @Test
    void noMeterOfASessionThatEndedIsLeft() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");
        awaitConnected();
        assertThat(metersOfSessions()).isNotEmpty();

        producer.stop();

        assertThat(metersOfSessions()).isEmpty();
    }

    private List<String> metersOfSessions() {
        return meters.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("cxone.assist.session."))
                .toList();
    }

    @Test
    void aBeanThatListensHearsEachEventWithTheNameOfTheSession() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");
        awaitConnected();
        producer.stop();

        assertThat(heard).extracting(SessionEvent::session).containsOnly("main");
        assertThat(heard)
                .extracting(event -> event.to().name())
                .containsExactly("CONNECTING", "AUTHENTICATING", "READY", "DRAINING", "CLOSED");
    }

    @Test
    void theDevConsoleTellsOfEachSession() throws Exception {
        AsyncProducer one = producer("cxone-assist:main");
        AsyncProducer other = producer("cxone-assist:other");
        awaitConnected();
        await().until(() -> "READY".equals(healthDetails().get("other.state")));

        assertThat(console().call(DevConsole.MediaType.TEXT).toString())
                .contains("main: READY since ")
                .contains("other: READY since ")
                .contains("sent 0, resent 0, in flight 0, waiting 0, unacknowledged 0");
        one.stop();
        other.stop();
    }

    @Test
    void theDevConsoleTellsItAsJson() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main");
        awaitConnected();

        JsonObject json = (JsonObject) console().call(DevConsole.MediaType.JSON);

        assertThat((JsonArray) json.get("sessions"))
                .singleElement()
                .isInstanceOfSatisfying(Map.class, session -> assertThat(session)
                        .containsEntry("name", "main")
                        .containsEntry("state", "READY")
                        .containsEntry("attempt", 1)
                        .containsEntry("inFlight", 0));
        producer.stop();
    }

    @Test
    void theDevConsoleSaysSoWhereThereIsNoSession() {
        assertThat(console().call(DevConsole.MediaType.TEXT)).isEqualTo("no session" + System.lineSeparator());
    }
}
