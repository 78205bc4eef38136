package io.github.cxoneassist.suggestion;

import static io.github.cxoneassist.suggestion.ReaderSupport.all;
import static io.github.cxoneassist.suggestion.ReaderSupport.summary;
import static io.github.cxoneassist.suggestion.ReaderSupport.withBrokenBytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SuggestionReaderPropertyTest {

    private static final int MAX_BYTES = 100;

    /** A piece of input and what it must become. */
    private record Piece(String text, String verdict) {}

    @Provide
    Arbitrary<List<Piece>> lines() {
        return Arbitraries.of(
                        good("{\"a\":1}"),
                        good("{\"name\":\"\u20AC \uD83D\uDE00\"}"),
                        good("[1,2]"),
                        good("null"),
                        new Piece("{\"a\":", "malformed"),
                        new Piece("{\"a\":1,\"a\":2}", "malformed"),
                        new Piece("\"~\"", "malformed"),
                        new Piece("{} {}", "malformed"),
                        new Piece("]", "malformed"),
                        new Piece("\"" + "x".repeat(MAX_BYTES) + "\"", "too_large"),
                        new Piece("{\"a\":\"" + "\u20AC".repeat(10_000), "too_large"),
                        new Piece("[".repeat(70), "too_deep"))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Piece>> elements() {
        return Arbitraries.of(
                        good("{\"a\":1}"),
                        good("{\"name\":\"\u20AC \uD83D\uDE00\"}"),
                        good("[1,2]"),
                        good("-1.5"),
                        good("\"]},{[\\\"\""),
                        new Piece("{\"a\":1,\"a\":2}", "malformed"),
                        new Piece("{\"a\":\"" + "x".repeat(MAX_BYTES) + "\"}", "too_large"),
                        new Piece("{\"a\":\"" + "\u20AC".repeat(10_000) + "\"}", "too_large"),
                        new Piece("{" + " ".repeat(20_000) + "}", "too_large"))
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 200)
    void aBadLineNeverCostsItsNeighbours(@ForAll("lines") List<Piece> lines) {
        byte[] input = withBrokenBytes(joined(lines, "", "\n", ""));
        assertThat(summary(SuggestionReader.ndjson(new ByteArrayInputStream(input), MAX_BYTES)))
                .isEqualTo(verdicts(lines));
    }

    @Property(tries = 200)
    void aBadElementNeverCostsItsNeighbours(@ForAll("elements") List<Piece> elements) {
        byte[] input = withBrokenBytes(joined(elements, "[", " ,\n", "]"));
        assertThat(summary(SuggestionReader.json(new ByteArrayInputStream(input), MAX_BYTES)))
                .isEqualTo(verdicts(elements));
    }

    @Property(tries = 200)
    void theItemsOfLinesDoNotDependOnHowTheInputIsChunked(
            @ForAll("lines") List<Piece> lines,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 50) Integer> sizes) {
        byte[] input = withBrokenBytes(joined(lines, "", "\r\n", ""));
        assertSameItems(input, sizes, in -> SuggestionReader.ndjson(in, MAX_BYTES));
    }

    @Property(tries = 200)
    void theItemsOfAnArrayDoNotDependOnHowTheInputIsChunked(
            @ForAll("elements") List<Piece> elements,
            @ForAll("lines") List<Piece> tail,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 50) Integer> sizes) {
        byte[] input = withBrokenBytes(joined(elements, "[", ",", "") + joined(tail, ",", ",", "]"));
        assertSameItems(input, sizes, in -> SuggestionReader.json(in, MAX_BYTES));
    }

    @Property
    void noBytesMakeAReaderThrow(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int maxBytes) {
        all(SuggestionReader.ndjson(new ByteArrayInputStream(bytes), maxBytes));
        all(SuggestionReader.json(new ByteArrayInputStream(bytes), maxBytes));
        SuggestionReader.parse(bytes, maxBytes);
    }

    @Property
    void noTextOfJsonCharactersMakesAReaderThrow(@ForAll("jsonLike") String text) {
        all(SuggestionReader.ndjson(ReaderSupport.stream(text), 10));
        all(SuggestionReader.json(ReaderSupport.stream(text), 10));
        SuggestionReader.parse(text, 10);
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.strings()
                .withChars("{}[],:\"\\ntrue01-.eE \n\r\uD800\uDC00\u20AC")
                .ofMaxLength(40);
    }

    private static void assertSameItems(
            byte[] input, List<Integer> sizes, Function<InputStream, SuggestionReader> reader) {
        int[] reads = sizes.stream().mapToInt(Integer::intValue).toArray();
        assertThat(all(reader.apply(new TricklingStream(input, reads))))
                .isEqualTo(all(reader.apply(new ByteArrayInputStream(input))));
    }

    private static Piece good(String json) {
        return new Piece(json, json);
    }

    private static String joined(List<Piece> pieces, String start, String between, String end) {
        return start + String.join(between, pieces.stream().map(Piece::text).toList()) + end;
    }

    private static List<String> verdicts(List<Piece> pieces) {
        List<String> verdicts = new ArrayList<>();
        for (Piece piece : pieces) {
            verdicts.add(verdicts.size() + 1 + " " + piece.verdict());
        }
        return verdicts;
    }
}
