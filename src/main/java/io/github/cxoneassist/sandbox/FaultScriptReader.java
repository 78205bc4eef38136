package io.github.cxoneassist.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.github.cxoneassist.sandbox.ScriptedFault.Behave;
import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.DropAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.HalfOpen;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.ReorderAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RepeatAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RevokeTokens;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.StopReading;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fault script in JSON. Pure. */
final class FaultScriptReader {

    private FaultScriptReader() {}

    static FaultScript read(String json) {
        var steps = root(json).path("steps");
        if (!steps.isArray()) {
            throw new IllegalArgumentException("steps: must be an array of steps");
        }
        var stages = new ArrayList<List<Step>>();
        for (var item : steps) {
            stages.add(stage(item, "step " + (stages.size() + 1)));
        }
        return new FaultScript(stages);
    }

    private static ObjectNode root(String json) {
        JsonNode root;
        try {
            root = StrictJson.tree(json);
        } catch (JsonProcessingException e) {
            // the whole message would quote the script
            var where = Optional.ofNullable(e.getLocation())
                    .map(place -> ", line " + place.getLineNr() + " column " + place.getColumnNr())
                    .orElse("");
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage() + where, e);
        }
        if (!(root instanceof ObjectNode script)) {
            throw new IllegalArgumentException("a script is an object with the field steps");
        }
        script.fieldNames().forEachRemaining(name -> {
            if (!name.equals("steps")) {
                throw new IllegalArgumentException(name + ": is no field of a script; it has steps");
            }
        });
        return script;
    }

    private static List<Step> stage(JsonNode item, String name) {
        if (!item.isArray()) {
            return List.of(step(item, name));
        }
        if (item.isEmpty()) {
            throw new IllegalArgumentException(name + ": has no step in it");
        }
        var steps = new ArrayList<Step>();
        for (var inner : item) {
            steps.add(step(inner, name + "." + (steps.size() + 1)));
        }
        return steps;
    }

    private static Step step(JsonNode item, String name) {
        if (!(item instanceof ObjectNode object)) {
            throw new IllegalArgumentException(name + ": must be an object with the field fault");
        }
        var fields = new StepFields(object);
        var place = name;
        try {
            var kind = fields.text("fault");
            place = name + " (" + kind + ")";
            var fault = fault(kind, fields);
            var lasting = fields.millis("forMillis");
            var step = new Step(
                    fault, fields.number("after", 0), fields.times(lasting == null ? 1 : FaultScript.ALWAYS), lasting);
            fields.requireNoOthers();
            return step;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static ScriptedFault fault(String kind, StepFields fields) {
        return switch (kind) {
            case "behave" -> new Behave();
            case "drop" -> new Drop(at(fields), fields.number("code", 0), fields.text("reason", ""));
            case "refuse-upgrade" -> new RefuseUpgrade(fields.number("status", 503), fields.text("retryAfter", ""));
            case "stall-token" -> new Stall(Occasion.TOKEN_REQUEST, fields.millis("delayMillis"));
            case "stall-upgrade" -> new Stall(Occasion.UPGRADE, fields.millis("delayMillis"));
            case "stall-auth" -> new Stall(Occasion.AUTH, fields.millis("delayMillis"));
            case "fail-auth" -> new FailAuth(fields.text("message", "The sandbox was told to refuse this token"));
            case "token-answers" ->
                new TokenAnswers(fields.number("status"), fields.texts("headers"), fields.text("body", ""));
            case "revoke-tokens" -> new RevokeTokens(at(fields));
            case "delay-acks" -> new DelayAcks(fields.millisNeeded("delayMillis"));
            case "drop-acks" -> new DropAcks();
            case "repeat-acks" -> new RepeatAcks(fields.number("copies", 2));
            case "reorder-acks" -> new ReorderAcks();
            case "send-garbage" ->
                new SendGarbage(at(fields), fields.choice("garbage", null, Garbage.values(), Garbage::spelling));
            case "stop-reading" -> new StopReading(at(fields));
            case "half-open" -> new HalfOpen(at(fields));
            default -> throw new IllegalArgumentException("fault: there is no such fault");
        };
    }

    private static Occasion at(StepFields fields) {
        var choices = new Occasion[] {Occasion.NOW, Occasion.CONNECT, Occasion.AUTH, Occasion.FRAME};
        return fields.choice("at", Occasion.NOW, choices, Occasion::spelling);
    }
}
