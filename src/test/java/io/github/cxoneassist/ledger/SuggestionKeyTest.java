package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionKeyTest {

    @Test
    void ordinaryIdsStayReadable() {
        assertThat(new SuggestionKey("INTERACTION_12345", "s-1").text()).isEqualTo("INTERACTION_12345/s-1");
    }

    @Test
    void aSlashInAnIdDoesNotMoveTheBorder() {
        assertThat(new SuggestionKey("a/b", "c").text()).isEqualTo("a%2Fb/c");
        assertThat(new SuggestionKey("a", "b/c").text()).isEqualTo("a/b/c");
    }

    @Property
    void anyKeyComesBackFromItsText(@ForAll("ids") String interactionId, @ForAll("ids") String suggestionId) {
        SuggestionKey key = new SuggestionKey(interactionId, suggestionId);

        assertThat(SuggestionKey.parse(key.text())).isEqualTo(key);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void differentKeysHaveDifferentTexts(
            @ForAll("ids") String a, @ForAll("ids") String b, @ForAll("ids") String c, @ForAll("ids") String d) {
        SuggestionKey one = new SuggestionKey(a, b);
        SuggestionKey other = new SuggestionKey(c, d);
        Assume.that(!one.equals(other));

        assertThat(one.text()).isNotEqualTo(other.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-border", "a%b/c", "a%2f/c", "a%/c"})
    void aTextThatNoKeyHasIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SuggestionKey.parse(text));
    }

    /** Mostly of the characters that the text gives a meaning to, so that the short ones collide. */
    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("/%25Fa").ofMaxLength(4),
                Arbitraries.strings().ofMaxLength(6));
    }
}
