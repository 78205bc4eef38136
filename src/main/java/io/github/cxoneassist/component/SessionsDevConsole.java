package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SessionStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** What each session does at this moment. Shows neither tokens nor suggestions. */
@DevConsole(name = "cxone-assist", displayName = "CXone Agent Assist", description = "Sessions with CXone Agent Assist")
public class SessionsDevConsole extends AbstractDevConsole {

    public SessionsDevConsole() {
        super("cxone", "cxone-assist", "CXone Agent Assist", "Sessions with CXone Agent Assist");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (SharedSession session : sessions()) {
            session.status().ifPresent(status -> text.append("%s: %s since %s, attempt %d: %s%n"
                            .formatted(
                                    session.name(), status.state(), status.since(), status.attempt(), status.reason()))
                    .append("    sent %d, resent %d, in flight %d, waiting %d, unacknowledged %d%n"
                            .formatted(
                                    status.sent(),
                                    status.resent(),
                                    status.inFlight(),
                                    status.waiting(),
                                    status.unacknowledged()))
                    .append("    received %d, malformed %d, unknown %d, waiting %d%s, reconnects %d%n"
                            .formatted(
                                    status.received(),
                                    status.malformed(),
                                    status.unknown(),
                                    status.inboundWaiting(),
                                    status.paused() ? " (not read since " + status.pausedSince() + ")" : "",
                                    status.reconnects())));
        }
        return text.isEmpty() ? "no session%n".formatted() : text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonArray all = new JsonArray();
        for (SharedSession session : sessions()) {
            session.status().map(status -> json(session.name(), status)).ifPresent(all::add);
        }
        JsonObject root = new JsonObject();
        root.put("sessions", all);
        return root;
    }

    private static JsonObject json(String name, SessionStatus status) {
        JsonObject json = new JsonObject();
        json.put("name", name);
        json.put("state", status.state().name());
        json.put("since", status.since().toString());
        json.put("reason", status.reason());
        json.put("attempt", status.attempt());
        json.put("sent", status.sent());
        json.put("resent", status.resent());
        json.put("inFlight", status.inFlight());
        json.put("waiting", status.waiting());
        json.put("unacknowledged", status.unacknowledged());
        json.put("received", status.received());
        json.put("malformed", status.malformed());
        json.put("unknown", status.unknown());
        json.put("inboundWaiting", status.inboundWaiting());
        json.put("pausedSince", status.paused() ? String.valueOf(status.pausedSince()) : null);
        json.put("reconnects", status.reconnects());
        return json;
    }

    private List<SharedSession> sessions() {
        List<SharedSession> sessions = new ArrayList<>();
        // an application may have the component under more than one name
        for (String name : getCamelContext().getComponentNames()) {
            Component component = getCamelContext().hasComponent(name);
            if (component instanceof CxoneAssistComponent ours) {
                sessions.addAll(ours.sessions());
            }
        }
        return sessions;
    }
}
