package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScriptParseTest {

    private static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of("{'fault':'behave','forMillis':500}", new Behave().lasting(Duration.ofMillis(500))),
                Arguments.of("{'fault':'drop'}", new Drop(Occasion.NOW).once()),
                Arguments.of(
                        "{'fault':'drop','at':'frame','code':1011,'reason':'gone','after':10,'times':3}",
                        new Drop(Occasion.FRAME, 1011, "gone").times(3).after(10)),
                Arguments.of("{'fault':'drop','at':'connect'}", new Drop(Occasion.CONNECT).once()),
                Arguments.of("{'fault':'refuse-upgrade'}", new RefuseUpgrade(503, "").once()),
                Arguments.of(
                        "{'fault':'refuse-upgrade','status':429,'retryAfter':'7','times':'always'}",
                        new RefuseUpgrade(429, "7").always()),
                Arguments.of("{'fault':'stall-token','times':2}", new Stall(Occasion.TOKEN_REQUEST).times(2)),
                Arguments.of(
                        "{'fault':'stall-upgrade','delayMillis':250}",
                        new Stall(Occasion.UPGRADE, Duration.ofMillis(250)).once()),
                Arguments.of(
                        "{'fault':'stall-auth','forMillis':1000}",
                        new Stall(Occasion.AUTH).lasting(Duration.ofSeconds(1))),
                Arguments.of("{'fault':'fail-auth','message':'no','times':3}", new FailAuth("no").times(3)),
                Arguments.of(
                        "{'fault':'token-answers','status':500,'headers':{'Retry-After':'2'},'body':'<html>'}",
                        new TokenAnswers(500, Map.of("Retry-After", "2"), "<html>").once()),
                Arguments.of("{'fault':'revoke-tokens','at':'auth'}", new RevokeTokens(Occasion.AUTH).once()),
                Arguments.of(
                        "{'fault':'delay-acks','delayMillis':1500,'times':4}",
                        new DelayAcks(Duration.ofMillis(1500)).times(4)),
                Arguments.of(
                        "{'fault':'drop-acks','times':2,'forMillis':10}",
                        new DropAcks().times(2).lasting(Duration.ofMillis(10))),
                Arguments.of("{'fault':'repeat-acks'}", new RepeatAcks(2).once()),
                Arguments.of("{'fault':'repeat-acks','copies':3}", new RepeatAcks(3).once()),
                Arguments.of("{'fault':'reorder-acks','times':3}", new ReorderAcks().times(3)),
                Arguments.of(
                        "{'fault':'send-garbage','garbage':'too-deep'}",
                        new SendGarbage(Occasion.NOW, Garbage.TOO_DEEP).once()),
                Arguments.of(
                        "{'fault':'stop-reading','forMillis':300}",
                        new StopReading(Occasion.NOW).lasting(Duration.ofMillis(300))),
                Arguments.of("{'fault':'half-open','at':'auth'}", new HalfOpen(Occasion.AUTH).once()));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepIsReadWithAllItsFields(String json, Step step) {
        assertThat(FaultScript.parse("{\"steps\":[" + json.replace('\'', '"') + "]}"))
                .isEqualTo(FaultScript.inOrder(step));
    }

    @Test
    void anArrayAmongTheStepsHoldsThoseThatAreUnderWayTogether() {
        var json = "{'steps':[{'fault':'drop'},[{'fault':'drop-acks'},{'fault':'fail-auth','message':'no'}]]}";
        assertThat(FaultScript.parse(json.replace('\'', '"')))
                .isEqualTo(FaultScript.inOrder(new Drop(Occasion.NOW).once())
                        .then(FaultScript.together(new DropAcks().once(), new FailAuth("no").once())));
    }

    @Test
    void noStepsAreAScriptThatBehaves() {
        assertThat(FaultScript.parse("{\"steps\":[]}")).isEqualTo(FaultScript.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fault':'explode'}|step 1 (explode): fault: there is no such fault",
                "{'at':'now'}|step 1: fault: must be a text",
                "{'fault':7}|step 1: fault: must be a text",
                "'drop'|step 1: must be an object with the field fault",
                "[]|step 1: has no step in it",
                "{'fault':'drop'},[{'fault':'drop'},{'fault':'drop','at':'noon'}]"
                        + "|step 2.2 (drop): at: must be one of now, connect, auth, frame",
                "{'fault':'drop','cod':1011}"
                        + "|step 1 (drop): cod: is no field of it; it has [after, at, code, fault, forMillis, reason, times]",
                "{'fault':'drop','code':'1011'}|step 1 (drop): code: must be a whole number",
                "{'fault':'drop','code':1011.5}|step 1 (drop): code: must be a whole number",
                "{'fault':'drop','code':1006}|step 1 (drop): code: 1006 cannot stand in a close frame",
                "{'fault':'drop','reason':'bye'}|step 1 (drop): reason: needs a code beside it",
                "{'fault':'drop','times':2}|step 1 (drop): times: now is only once; say at what",
                "{'fault':'drop','after':2}|step 1 (drop): after: counts nothing at now; say at what",
                "{'fault':'drop','forMillis':2}|step 1 (drop): forMillis: now does not last; say at what",
                "{'fault':'drop','at':'frame','times':0}|step 1 (drop): times: must be at least 1",
                "{'fault':'drop','at':'frame','times':'often'}"
                        + "|step 1 (drop): times: must be a whole number, or \"always\"",
                "{'fault':'drop','at':'frame','after':-1}|step 1 (drop): after: must not be negative",
                "{'fault':'drop','at':'frame','forMillis':0}|step 1 (drop): forMillis: must be at least 1",
                "{'fault':'drop','at':'frame','forMillis':3000000000}"
                        + "|step 1 (drop): forMillis: must be a whole number",
                "{'fault':'behave'}|step 1 (behave): forMillis: is missing; nothing else ends it",
                "{'fault':'refuse-upgrade','status':200}"
                        + "|step 1 (refuse-upgrade): status: must be from 300 to 599, is 200",
                "{'fault':'refuse-upgrade','retryAfter':7}|step 1 (refuse-upgrade): retryAfter: must be a text",
                "{'fault':'stall-auth','delayMillis':0}|step 1 (stall-auth): delayMillis: must be at least 1",
                "{'fault':'token-answers'}|step 1 (token-answers): status: must be a whole number",
                "{'fault':'token-answers','status':429,'headers':{'Retry-After':2}}"
                        + "|step 1 (token-answers): headers.Retry-After: must be a text",
                "{'fault':'token-answers','status':429,'headers':[]}"
                        + "|step 1 (token-answers): headers: must be an object of texts",
                "{'fault':'delay-acks'}|step 1 (delay-acks): delayMillis: must be a whole number",
                "{'fault':'repeat-acks','copies':1}|step 1 (repeat-acks): copies: must be from 2 to 1000, is 1",
                "{'fault':'reorder-acks'}"
                        + "|step 1 (reorder-acks): times: one alone has no order; say how many, or forMillis",
                "{'fault':'send-garbage'}|step 1 (send-garbage): garbage: must be one of"
                        + " not-json, too-large, too-deep, unknown-type, wrong-types",
            })
    void anErrorNamesTheStepAndTheField(String steps, String message) {
        assertThatThrownBy(() -> FaultScript.parse("{\"steps\":[" + steps.replace('\'', '"') + "]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|a script is an object with the field steps",
                "{}|steps: must be an array of steps",
                "{'steps':{}}|steps: must be an array of steps",
                "{'steps':[],'loop':true}|loop: is no field of a script; it has steps",
            })
    void aScriptThatIsNoScriptIsAnErrorThatSaysSo(String json, String message) {
        assertThatThrownBy(() -> FaultScript.parse(json.replace('\'', '"')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"steps\":[{\"fault\":\"drop\",}]}", "{\"steps\":[],\"steps\":[]}", "{\"steps\":[]} more"})
    void whatIsNotJsonIsAnErrorThatSaysWhere(String json) {
        assertThatThrownBy(() -> FaultScript.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("not JSON: .*, line 1 column \\d+");
    }

    @Test
    void jsonThatIsNestedTooDeepIsAnErrorAndNoStackOverflow() {
        var json = "{\"steps\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> FaultScript.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"restart.json", "bad-day.json"})
    void theExamplesThatAreDeliveredAreScripts(String name) throws Exception {
        var script = FaultScript.parse(Files.readString(Path.of("config/sandbox/faults", name)));
        assertThat(script.stages()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void everyFaultAndEveryGarbageHasAnExampleOnTheTestingPageAndEveryExampleIsAStep() throws Exception {
        var page = Files.readString(Path.of("docs/testing.md"));
        var examples = Pattern.compile("`(\\{\"fault\".*?\\})`")
                .matcher(page)
                .results()
                .map(example -> example.group(1))
                .toList();

        var described = examples.stream()
                .flatMap(json -> FaultScript.parse("{\"steps\":[" + json + "]}").stages().stream())
                .flatMap(List::stream)
                .map(step -> step.fault().name())
                .toList();

        assertThat(described)
                .containsAll(steps().map(step -> ((Step) step.get()[1]).fault().name())
                        .toList());
        assertThat(page)
                .contains(Stream.of(Garbage.values()).map(Garbage::spelling).toList());
    }

    @Test
    void theScriptsOnTheTestingPageAreScripts() throws Exception {
        var scripts = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/testing.md")))
                .results()
                .map(block -> FaultScript.parse(block.group(1)))
                .toList();
        assertThat(scripts).isNotEmpty().doesNotContain(FaultScript.NONE);
    }
}
