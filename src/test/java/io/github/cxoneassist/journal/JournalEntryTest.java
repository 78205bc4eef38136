package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JournalEntry entry = JournalEntry.of(JournalEvent.ACCEPTED, "interaction-1", "s-1");

    @Test
    void theTextLeavesItsSha256InTheDetails() {
        JournalEntry injected = entry.withDetail("score", 0.85).withText("abc");

        assertThat(injected.details())
                .containsExactly(
                        Map.entry("score", 0.85),
                        Map.entry("contentSha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    @Test
    void theSha256IsThatOfTheTextWhateverTheCallerClaims() {
        JournalEntry injected = entry.withText("abc").withDetails(Map.of("contentSha256", "forged"));

        assertThat(injected.details().get("contentSha256"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void theTextIsNotInTheStringThatLogsShow() {
        assertThat(entry.withText("secret").withDetail("quote", "secret").toString())
                .isEqualTo("JournalEntry[accepted, interaction interaction-1, suggestion s-1]");
    }

    @Test
    void detailsAreCopiedToTheirLastLevel() throws Exception {
        List<Object> list = new ArrayList<>(List.of(1));
        ObjectNode node = (ObjectNode) JSON.readTree("{\"a\":{\"b\":1}}");
        JournalEntry copied = entry.withDetail("list", list).withDetail("node", node);

        list.add(2);
        ((ObjectNode) node.get("a")).put("b", 2);

        assertThat(copied.details()).isEqualTo(Map.of("list", List.of(1), "node", Map.of("a", Map.of("b", 1))));
    }

    @Test
    void detailsCannotBeChanged() {
        JournalEntry nested = entry.withDetail("map", new HashMap<>(Map.of("a", 1)));

        assertThatThrownBy(() -> nested.details().put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((Map<?, ?>) nested.details().get("map")).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nullIsADetail() {
        assertThat(entry.withDetail("agent", null)
                        .withDetail("list", Arrays.asList(1, null))
                        .details())
                .containsEntry("agent", null)
                .containsEntry("list", Arrays.asList(1, null));
    }

    @Test
    void everyKindOfJsonNodeBecomesItsPlainValue() {
        ObjectNode node = JSON.createObjectNode();
        node.put("t", "x").put("i", 7).put("d", 0.5).put("b", true).putNull("n");
        node.putArray("a").add(1).add("2");

        Map<String, Object> plain = new HashMap<>(Map.of("t", "x", "i", 7, "d", 0.5, "b", true, "a", List.of(1, "2")));
        plain.put("n", null);
        assertThat(entry.withDetail("frame", node).details().get("frame")).isEqualTo(plain);
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.withDetail("when", Instant.EPOCH))
                .withMessageContaining("java.time.Instant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.withDetail("map", Map.of(1, 2)))
                .withMessageContaining("names in details are text");
    }

    @Test
    void aNumberThatADoubleDoesNotHoldIsKeptAsText() {
        assertThat(recorded(9_007_199_254_740_991L)).isEqualTo(9_007_199_254_740_991L);
        assertThat(recorded(9_007_199_254_740_993L)).isEqualTo("9007199254740993");
        assertThat(recorded(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(recorded(new BigInteger("12"))).isEqualTo(12L);
        assertThat(recorded(new BigDecimal("0.10"))).isEqualTo(0.1);
        assertThat(recorded(new BigDecimal("0.1000000000000000000001"))).isEqualTo("0.1000000000000000000001");
        assertThat(recorded(new BigDecimal("1E+400"))).isEqualTo("1E+400");
        assertThat(recorded(0.1f)).isEqualTo(0.1);
        assertThat(recorded(Double.NaN)).isEqualTo("NaN");
        assertThat(recorded(Float.POSITIVE_INFINITY)).isEqualTo("Infinity");
    }

    @Test
    void aFrameThatIsNestedTooDeepIsKeptAsTextFromThereOn() throws Exception {
        JsonNode deep = JSON.readTree("[".repeat(900) + "]".repeat(900));

        JournalEntry recorded = entry.withDetail("frame", deep);

        assertThat(CanonicalJson.of(recorded.details())).endsWith("\"" + "]".repeat(63) + "}");
    }

    @Test
    void aMapThatContainsItselfIsRefused() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", cyclic);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.withDetails(cyclic))
                .withMessage("details are nested deeper than 64 levels");
    }

    @Test
    void whatNoDatabaseCanHoldIsReplacedEverywhere() {
        JournalEntry cleaned = new JournalEntry(
                JournalEvent.HELD, "i\u0000", "s\uD800", "r\uDC00x", Map.of("\u0000", "\uD83D"), "\u0000😀");

        assertThat(cleaned.interactionId()).isEqualTo("i\uFFFD");
        assertThat(cleaned.suggestionId()).isEqualTo("s\uFFFD");
        assertThat(cleaned.reason()).isEqualTo("r\uFFFDx");
        assertThat(cleaned.details()).containsEntry("\uFFFD", "\uFFFD");
        assertThat(cleaned.text()).isEqualTo("\uFFFD😀");
    }

    @Property
    void aDoubleIsReadBackFromTheRecordAsItWas(@ForAll double number) {
        String written = CanonicalJson.of(entry.withDetail("n", number).details());

        // plus nothing: RFC 8785 writes minus zero as zero
        assertThat(written).startsWith("{\"n\":").endsWith("}");
        assertThat(Double.parseDouble(written.substring(5, written.length() - 1)))
                .isEqualTo(number + 0.0);
    }

    @Property
    void anIntegerIsReadBackFromTheRecordAsItWas(@ForAll long number) throws Exception {
        JsonNode read =
                JSON.readTree(CanonicalJson.of(entry.withDetail("n", number).details()));
        assertThat(read.get("n").asText()).isEqualTo(String.valueOf(number));
    }

    @Property
    void aTextIsReadBackFromTheRecordAsItWas(@ForAll String text) throws Exception {
        JsonNode read =
                JSON.readTree(CanonicalJson.of(entry.withDetail("t", text).details()));
        assertThat(read.get("t").asText()).isEqualTo(StorableText.of(text));
    }

    private Object recorded(Object number) {
        return entry.withDetail("n", number).details().get("n");
    }
}
