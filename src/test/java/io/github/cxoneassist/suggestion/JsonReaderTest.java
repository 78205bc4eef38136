package io.github.cxoneassist.suggestion;

import static io.github.cxoneassist.suggestion.ReaderSupport.all;
import static io.github.cxoneassist.suggestion.ReaderSupport.stream;
import static io.github.cxoneassist.suggestion.ReaderSupport.summary;
import static io.github.cxoneassist.suggestion.ReaderSupport.withBrokenBytes;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.suggestion.SuggestionReader.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JsonReaderTest {

    private static final int MAX_BYTES = 200;

    @Test
    void oneObjectIsOneItem() {
        assertThat(read(" {\"a\":[1,{}]}\n")).isEqualTo("1 {\"a\":[1,{}]}");
    }

    @Test
    void eachElementOfAnArrayIsAnItemAtItsIndex() {
        assertThat(read("[{\"a\":1} , {\"a\":2},\n{\"a\":3}]")).isEqualTo("1 {\"a\":1}, 2 {\"a\":2}, 3 {\"a\":3}");
    }

    @Test
    void anEmptyInputHasNoItems() {
        assertThat(read("")).isEmpty();
        assertThat(read(" \n ")).isEmpty();
    }

    @Test
    void anEmptyArrayHasNoItems() {
        assertThat(read("[]")).isEmpty();
    }

    @Test
    void aByteOrderMarkAtTheStartIsIgnored() {
        assertThat(read("\uFEFF{\"a\":1}")).isEqualTo("1 {\"a\":1}");
        assertThat(read("\uFEFF[{\"a\":1},{\"a\":2}]")).isEqualTo("1 {\"a\":1}, 2 {\"a\":2}");
    }

    @Test
    void elementsOfAnyTypeAreParsed() {
        assertThat(read("[5,\"x\",null,true,[1,[2]],1.5,{}]"))
                .isEqualTo("1 5, 2 \"x\", 3 null, 4 true, 5 [1,[2]], 6 1.5, 7 {}");
    }

    @Test
    void aValueThatIsNoObjectIsParsed() {
        assertThat(read("null")).isEqualTo("1 null");
        assertThat(read(" 5 ")).isEqualTo("1 5");
    }

    @Test
    void anArrayIsManyAndAnObjectIsNot() {
        assertThat(SuggestionReader.json(stream("[{}]"), MAX_BYTES).many()).isTrue();
        assertThat(SuggestionReader.json(stream("[]"), MAX_BYTES).many()).isTrue();
        assertThat(SuggestionReader.json(stream("{}"), MAX_BYTES).many()).isFalse();
        assertThat(SuggestionReader.json(stream(""), MAX_BYTES).many()).isFalse();
    }

    @Test
    void askingWhetherItIsManyLosesNoItem() {
        SuggestionReader reader = SuggestionReader.json(stream("[1,2]"), MAX_BYTES);
        assertThat(reader.many()).isTrue();
        assertThat(summary(reader)).containsExactly("1 1", "2 2");
    }

    @Test
    void anElementAsLargeAsAllowedIsRead() {
        String element = "{\"a\":\"" + "x".repeat(MAX_BYTES - 8) + "\"}";
        assertThat(read("[" + element + "," + element + "]")).isEqualTo("1 " + element + ", 2 " + element);
    }

    @Test
    void anElementOneByteTooLargeCostsNoNeighbour() {
        String element = "{\"a\":\"" + "x".repeat(MAX_BYTES - 7) + "\"}";
        assertThat(read("[{}," + element + ",{}]")).isEqualTo("1 {}, 2 too_large, 3 {}");
    }

    @Test
    void aTextMuchLargerThanAnyBufferCostsNoNeighbour() {
        String element = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
        assertThat(read("[{\"b\":1}," + element + ",{\"b\":3}]")).isEqualTo("1 {\"b\":1}, 2 too_large, 3 {\"b\":3}");
    }

    @Test
    void blanksBetweenElementsDoNotCount() {
        String gap = " ".repeat(30_000);
        assertThat(read("[" + gap + "{\"a\":1}" + gap + "," + gap + "{\"a\":2}" + gap + "]"))
                .isEqualTo("1 {\"a\":1}, 2 {\"a\":2}");
    }

    @Test
    void aRepeatedFieldSpoilsItsOwnElementOnly() {
        assertThat(read("[{\"a\":1,\"a\":2},{\"a\":3}]")).isEqualTo("1 malformed, 2 {\"a\":3}");
    }

    @Test
    void anElementTooDeepSpoilsItselfOnly() {
        assertThat(read("[" + nested(64) + "," + nested(65) + ",{}]"))
                .isEqualTo("1 " + nested(64) + ", 2 too_deep, 3 {}");
    }

    @Test
    void anAbsurdDepthEndsTheInput() {
        assertThat(read("[{}," + nested(100_000) + ",{}]")).isEqualTo("1 {}, 2 too_deep");
    }

    @Test
    void aTextElementTooLargeEndsTheInput() {
        assertThat(read("[{},\"" + "x".repeat(100_000) + "\",{}]")).isEqualTo("1 {}, 2 too_large");
    }

    @Test
    void aNumberOfAbsurdLengthSpoilsItsOwnElementOnly() {
        String element = "1".repeat(1001);
        assertThat(summary(SuggestionReader.json(stream("[" + element + ",{\"a\":" + element + "},{}]"), 5000)))
                .containsExactly("1 too_large", "2 too_large", "3 {}");
    }

    @Test
    void aSyntaxErrorIsTheLastItem() {
        assertThat(read("[{\"a\":1},{\"a\" 2},{\"a\":3}]")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("[{\"a\":1} {\"a\":2}]")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("[{\"a\":1},]")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("not json")).isEqualTo("1 malformed");
    }

    @Test
    void anInputThatEndsTooEarlyIsMalformed() {
        assertThat(read("[{\"a\":1},{\"a\":")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("[{\"a\":1}")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("[")).isEqualTo("1 malformed");
    }

    @Test
    void whatFollowsTheArrayIsMalformed() {
        assertThat(read("[{\"a\":1}] {\"a\":2}")).isEqualTo("1 {\"a\":1}, 2 malformed");
        assertThat(read("[{\"a\":1}]]")).isEqualTo("1 {\"a\":1}, 2 malformed");
    }

    @Test
    void anObjectThatIsFollowedByMoreIsNotTrusted() {
        assertThat(all(SuggestionReader.json(stream("{\"a\":1}\n{\"a\":2}"), MAX_BYTES)))
                .containsExactly(new Unreadable(
                        Code.MALFORMED,
                        "goes on after its end, at line 2, column 1; give several as an array, or one a line",
                        1));
    }

    @Test
    void theMessageOfASyntaxErrorNamesLineAndColumn() {
        assertThat(all(SuggestionReader.json(stream("[\n{},\n{\"a\":1 x}]"), MAX_BYTES)))
                .last()
                .isEqualTo(new Unreadable(
                        Code.MALFORMED,
                        "is not strict JSON: a syntax error or a repeated field at line 3, column 8",
                        2));
    }

    @Test
    void theMessageOfARepeatedFieldNamesLineAndColumnInTheWholeInput() {
        assertThat(all(SuggestionReader.json(stream("[{},\n   {\"a\":1,\"a\":2}]"), MAX_BYTES)))
                .last()
                .isEqualTo(new Unreadable(
                        Code.MALFORMED,
                        "is not strict JSON: a syntax error or a repeated field at line 2, column 14",
                        2));
    }

    @Test
    void brokenUtf8IsMalformed() {
        byte[] bytes = withBrokenBytes("[{\"a\":1},{\"a\":\"~\"},{\"a\":3}]");
        assertThat(summary(SuggestionReader.json(new ByteArrayInputStream(bytes), MAX_BYTES)))
                .containsExactly("1 {\"a\":1}", "2 malformed");
    }

    @Test
    void aSurrogateEncodedAsUtf8SpoilsItsOwnElementOnly() {
        byte[] bytes = withBrokenBytes("[{\"a\":\"~~~\"},{\"a\":2}]");
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        System.arraycopy(surrogate, 0, bytes, 7, 3);
        assertThat(summary(SuggestionReader.json(new ByteArrayInputStream(bytes), MAX_BYTES)))
                .containsExactly("1 malformed", "2 {\"a\":2}");
    }

    @Test
    void anyOtherEncodingIsRefused() {
        for (Charset charset :
                new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE")}) {
            InputStream in = new ByteArrayInputStream("[{\"a\":1}]".getBytes(charset));
            assertThat(all(SuggestionReader.json(in, MAX_BYTES)))
                    .containsExactly(new Unreadable(Code.MALFORMED, "is not UTF-8", 1));
        }
    }

    @Test
    void zeroBytesAreRefused() {
        for (byte[] bytes :
                new byte[][] {{0}, {0, 0, 0, 0}, {0, 0, '[', 0}, {0, '[', 0, 0}, {0, 0, (byte) 0xFF, (byte) 0xFE}}) {
            assertThat(summary(SuggestionReader.json(new ByteArrayInputStream(bytes), MAX_BYTES)))
                    .containsExactly("1 malformed");
        }
    }

    @Test
    void aStreamThatBreaksOffIsReportedAfterTheElementsBeforeIt() {
        SuggestionReader reader = SuggestionReader.json(new BrokenOffStream("[{\"a\":1},{\"a\":"), MAX_BYTES);
        assertThat(reader.next().position()).isEqualTo(1);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(reader::hasNext)
                .withCauseInstanceOf(IOException.class)
                .withStackTraceContaining("connection reset");
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void closingTheReaderClosesTheStream() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new FilterInputStream(stream("[1,2]")) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        SuggestionReader reader = SuggestionReader.json(in, MAX_BYTES);
        reader.next();
        reader.close();
        assertThat(closed).isTrue();
        assertThat(reader.hasNext()).isFalse();
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String read(String text) {
        return String.join(", ", summary(SuggestionReader.json(stream(text), MAX_BYTES)));
    }
}
