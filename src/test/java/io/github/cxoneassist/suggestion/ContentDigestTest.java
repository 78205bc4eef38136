package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentDigestTest {

    @Test
    void itIsTheHashOfTheNormalText() {
        // printf 'verify the refund' | sha256sum
        assertThat(ContentDigest.of("  Verify\tthe\n\n refund "))
                .isEqualTo("caa4725bdb30d6241f994deaf3d4b0fc32222419ff414be9008a5efea5d13f9e");
    }

    @ParameterizedTest
    @CsvSource({
        "Verify, VERIFY",
        "'a b', 'a \t\n b'",
        "'a b', 'a\u00A0b'",
        "'a b', '\u2003a\u2028b\u3000'",
        "\uFF21, a",
        "\uFB01nd, find",
        "caf\u00E9, cafe\u0301",
        "CAFE\u0301, caf\u00E9",
        "stra\u00DFe, STRASSE",
        "\u03BF\u03B4\u03CC\u03C2, \u039F\u0394\u038C\u03A3",
        "\u00B2, 2",
    })
    void textsThatSayTheSameHaveOneDigest(String one, String other) {
        assertThat(ContentDigest.of(one)).isEqualTo(ContentDigest.of(other));
    }

    @ParameterizedTest
    @CsvSource({"a, b", "'a b', ab", "refund, refund.", "e, \u00E9"})
    void textsThatDifferHaveTwo(String one, String other) {
        assertThat(ContentDigest.of(one)).isNotEqualTo(ContentDigest.of(other));
    }

    @Property
    void caseAndWhiteSpaceNeverMatter(@ForAll @CharRange(from = ' ', to = '\u024F') String text) {
        assertThat(ContentDigest.of(" " + text.toUpperCase(Locale.ROOT).replace(" ", "\n ") + "\t"))
                .isEqualTo(ContentDigest.of(text));
    }

    @Property
    void noTextMakesItThrow(@ForAll String text) {
        assertThat(ContentDigest.of(text)).matches("[0-9a-f]{64}");
    }
}
