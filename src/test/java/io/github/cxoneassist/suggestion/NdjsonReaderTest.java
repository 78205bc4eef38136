package io.github.cxoneassist.suggestion;

import static io.github.cxoneassist.suggestion.ReaderSupport.all;
import static io.github.cxoneassist.suggestion.ReaderSupport.stream;
import static io.github.cxoneassist.suggestion.ReaderSupport.summary;
import static io.github.cxoneassist.suggestion.ReaderSupport.withBrokenBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.suggestion.SuggestionReader.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class NdjsonReaderTest {

    private static final int MAX_BYTES = 40;

    @Test
    void eachLineIsAnItemAtItsLineNumber() {
        assertThat(read("{\"a\":1}\n{\"a\":2}\n")).isEqualTo("1 {\"a\":1}, 2 {\"a\":2}");
    }

    @Test
    void anEmptyInputHasNoItems() {
        assertThat(read("")).isEmpty();
        assertThat(read("\n \n\t\r\n")).isEmpty();
    }

    @Test
    void theLastLineCountsWithoutANewline() {
        assertThat(read("{\"a\":1}\n{\"a\":2}")).isEqualTo("1 {\"a\":1}, 2 {\"a\":2}");
    }

    @Test
    void blankLinesAreSkippedButCounted() {
        assertThat(read("\n{\"a\":1}\n \t\n{\"a\":2}\n\n")).isEqualTo("2 {\"a\":1}, 4 {\"a\":2}");
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(read("{\"a\":1}\r\n\r\n{\"a\":2}\r\n")).isEqualTo("1 {\"a\":1}, 3 {\"a\":2}");
    }

    @Test
    void aByteOrderMarkAtTheStartIsIgnored() {
        assertThat(read("\uFEFF{\"a\":1}\n")).isEqualTo("1 {\"a\":1}");
    }

    @Test
    void aByteOrderMarkElsewhereIsNotJson() {
        assertThat(read("{\"a\":1}\n\uFEFF{\"a\":2}\n")).isEqualTo("1 {\"a\":1}, 2 malformed");
    }

    @Test
    void brokenUtf8SpoilsItsOwnLineOnly() {
        byte[] bytes = withBrokenBytes("{\"a\":1}\n{\"a\":\"~\"}\n{\"a\":3}\n");
        assertThat(summary(SuggestionReader.ndjson(new ByteArrayInputStream(bytes), MAX_BYTES)))
                .containsExactly("1 {\"a\":1}", "2 malformed", "3 {\"a\":3}");
    }

    @Test
    void aLineThatIsNotJsonSpoilsItselfOnly() {
        assertThat(read("{\"a\":\n{\"a\":2}\n")).isEqualTo("1 malformed, 2 {\"a\":2}");
    }

    @Test
    void twoValuesOnALineAreNotTwoItems() {
        assertThat(read("{\"a\":1} {\"a\":2}\n{\"a\":3}")).isEqualTo("1 malformed, 2 {\"a\":3}");
    }

    @Test
    void aLineAsLongAsAllowedIsRead() {
        String line = "\"" + "x".repeat(MAX_BYTES - 2) + "\"";
        assertThat(read(line + "\r\n" + line + "\n" + line)).isEqualTo("1 " + line + ", 2 " + line + ", 3 " + line);
    }

    @Test
    void aLineOneByteTooLongIsDrainedAndTheNextIsRead() {
        String line = "\"" + "x".repeat(MAX_BYTES - 1) + "\"";
        assertThat(read(line + "\n{\"a\":2}\n" + line + "\r\n{\"a\":4}"))
                .isEqualTo("1 too_large, 2 {\"a\":2}, 3 too_large, 4 {\"a\":4}");
    }

    @Test
    void theSizeIsThatOfTheBytesNotOfTheCharacters() {
        assertThat(read("\"" + "\u20AC".repeat(13) + "\"")).isEqualTo("1 too_large");
    }

    @Test
    void aValueOfAnyTypeIsParsed() {
        assertThat(read("5\nnull\n[]\n\"x\"")).isEqualTo("1 5, 2 null, 3 [], 4 \"x\"");
    }

    @Test
    void theMessageNamesLineAndColumnInTheWholeInput() {
        assertThat(all(SuggestionReader.ndjson(stream("{}\n{\"a\":1 x}"), MAX_BYTES)))
                .last()
                .isEqualTo(new Unreadable(
                        Code.MALFORMED,
                        "is not strict JSON: a syntax error or a repeated field at line 2, column 8",
                        2));
    }

    @Test
    void itIsManyByItsForm() {
        assertThat(SuggestionReader.ndjson(stream("{}"), MAX_BYTES).many()).isTrue();
    }

    @Test
    void afterTheLastItemThereIsNone() {
        SuggestionReader reader = SuggestionReader.ndjson(stream("{}"), MAX_BYTES);
        reader.next();
        assertThat(reader.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(reader::next)
                .withMessage("The input has no further suggestion");
    }

    @Test
    void aStreamThatBreaksOffIsReportedAfterTheWholeLinesBeforeIt() {
        SuggestionReader reader = SuggestionReader.ndjson(new BrokenOffStream("{\"a\":1}\n{\"a\":2"), MAX_BYTES);
        assertThat(reader.next().position()).isEqualTo(1);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(reader::hasNext)
                .withCauseInstanceOf(IOException.class)
                .withStackTraceContaining("connection reset");
        assertThat(reader.hasNext()).isFalse();
    }

    private static String read(String text) {
        return String.join(", ", summary(SuggestionReader.ndjson(stream(text), MAX_BYTES)));
    }
}
