package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the content, the ids and the source may hold, and how long they may be. */
class TextValidationTest extends SuggestionValidatorTestBase {

    @Test
    void theSourceMayBeAbsent() {
        json.remove("source");
        assertThat(valid().source()).isNull();
    }

    @Test
    void theSourceMayBeNull() {
        json.putNull("source");
        assertThat(valid().source()).isNull();
    }

    @Test
    void contentAsLongAsAllowedIsValid() {
        json.put("content", "x".repeat(4096));
        assertThat(valid().content()).hasSize(4096);
    }

    @Test
    void contentOneCharacterTooLongIsRefused() {
        json.put("content", "x".repeat(4097));
        assertOnly("content", Code.TOO_LONG);
    }

    @Test
    void aCharacterOutsideTheBasicPlaneCountsOnce() {
        json.put("content", "\uD83D\uDE00".repeat(4096));
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void contentMayHaveLinesAndTabs() {
        json.put("content", "1.\tlook\n2.\task");
        assertThat(valid().content()).isEqualTo("1.\tlook\n2.\task");
    }

    @Test
    void aLessThanSignAloneIsNoMarkup() {
        json.put("content", "2 < 3, and 3 <4");
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void everythingWrongWithATextIsNamed() {
        json.put("content", "<b>" + "\u0000".repeat(5000));
        assertThat(codes())
                .containsExactly(
                        tuple("content", Code.UNSAFE_CHARACTERS),
                        tuple("content", Code.TOO_LONG),
                        tuple("content", Code.MARKUP));
    }

    @Test
    void anIdMayHave256Characters() {
        json.put("id", "i".repeat(256)).put("interactionId", "n".repeat(256));
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void anIdMayNotHave257Characters() {
        json.put("id", "i".repeat(257)).put("interactionId", "n".repeat(257));
        assertThat(codes()).containsExactly(tuple("interactionId", Code.TOO_LONG), tuple("id", Code.TOO_LONG));
    }

    @Test
    void anIdMayNotHoldALineBreak() {
        json.put("id", "s-1\nINJECTED");
        assertOnly("id", Code.UNSAFE_CHARACTERS);
    }

    @Test
    void anIdMayNotHoldHalfASurrogatePair() {
        json.put("interactionId", "n-\uD800");
        assertOnly("interactionId", Code.UNSAFE_CHARACTERS);
    }

    @Test
    void aSourceMayHave128CharactersAndNoMore() {
        json.put("source", "s".repeat(128));
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
        json.put("source", "s".repeat(129));
        assertOnly("source", Code.TOO_LONG);
    }

    @Test
    void aSourceThatIsNotATextIsRefused() {
        json.put("source", 5);
        assertOnly("source", Code.WRONG_TYPE);
    }

    @Test
    void aBlankSourceIsRefused() {
        json.put("source", " ");
        assertOnly("source", Code.BLANK);
    }

    @Test
    void noMessageRepeatsTheTextThatWasGiven() {
        String secret = "4111-1111";
        for (String field : List.of("interactionId", "id", "content", "priority", "source")) {
            json.put(field, "<b>" + secret + "\u0000".repeat(5000));
        }
        window(secret, secret);
        assertThat(invalid().toString()).doesNotContain(secret);
    }
}
