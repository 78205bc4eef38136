package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.erdtman.jcs.JsonCanonicalizer;

class CanonicalJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void isWhatTheReferenceLibraryMakesOfTheSameJson(@ForAll("objects") Map<String, Object> object) throws IOException {
        assertThat(CanonicalJson.of(object))
                .isEqualTo(new JsonCanonicalizer(JSON.writeValueAsString(object)).getEncodedString());
    }

    @Example
    void sortsByUtf16CodeUnitsAndNotByCodePoints() {
        // the RFC's own example: the emoji's surrogates come before U+FB33
        assertThat(CanonicalJson.of(Map.of("\ufb33", 1, "\ud83d\ude00", 2, "\r", 3, "1", 4)))
                .isEqualTo("{\"\\r\":3,\"1\":4,\"\ud83d\ude00\":2,\"\ufb33\":1}");
    }

    @Example
    void writesNumbersAsEcmaScriptDoes() {
        assertThat(CanonicalJson.of(Map.of("n", List.of(333333333.33333329, 1E30, 4.50, 2e-3, -0.0, 1.0, 7L))))
                .isEqualTo("{\"n\":[333333333.3333333,1e+30,4.5,0.002,0,1,7]}");
    }

    @Example
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> CanonicalJson.of(Map.of("at", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JSON value: java.lang.Object");
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(names(), values(3)).ofMaxSize(6).map(HashMap::new);
    }

    private Arbitrary<Object> values(int depth) {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                texts().map(text -> (Object) text),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.longs().between(-(1L << 53) + 1, (1L << 53) - 1).map(number -> (Object) number),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.of(true, false).map(truth -> (Object) truth),
                Arbitraries.just((Object) null));
        if (depth == 0) {
            return leaf;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaf),
                Tuple.of(1, values(depth - 1).list().ofMaxSize(4).map(list -> (Object) list)),
                Tuple.of(
                        1,
                        Arbitraries.maps(names(), values(depth - 1))
                                .ofMaxSize(4)
                                .map(map -> (Object) map)));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(Arbitraries.strings().alpha().ofMaxLength(8), texts());
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\u00ff')
                .withChars('"', '\\', '\b', '\f', '\n', '\r', '\t', '\u007f', '\u2028', '\ufb33', '\uffff')
                .ofMaxLength(12);
    }
}
