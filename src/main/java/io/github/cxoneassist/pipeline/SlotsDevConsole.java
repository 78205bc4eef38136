package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.InteractionLedger;
import java.util.Map;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

/** How many suggestions hold a slot and how many wait for one: in all, or of one interaction. Shows no text. */
@DevConsole(
        name = "cxone-assist-slots",
        displayName = "CXone Agent Assist slots",
        description = "Suggestions that are active, and that wait")
public class SlotsDevConsole extends AbstractDevConsole {

    /** Option: the interaction to look at. */
    public static final String INTERACTION_ID = "interactionId";

    public SlotsDevConsole() {
        super("cxone", "cxone-assist-slots", "CXone Agent Assist slots", "Suggestions that are active, and that wait");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        JsonObject json = doCallJson(options);
        return json.isEmpty()
                ? "no pipeline%n".formatted()
                : "active %s, waiting %s, journal queue %s%n"
                        .formatted(json.get("active"), json.get("waiting"), json.get("journalQueued"));
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject json = new JsonObject();
        // a console must not start what nobody uses
        AssistRuntime.existing(getCamelContext()).ifPresent(runtime -> {
            InteractionLedger ledger = runtime.ledger();
            Object interactionId = options.get(INTERACTION_ID);
            json.put("active", interactionId == null ? ledger.active() : ledger.active(interactionId.toString()));
            json.put("waiting", interactionId == null ? ledger.waiting() : ledger.waiting(interactionId.toString()));
            json.put("journalQueued", runtime.audit().queued());
        });
        return json;
    }
}
