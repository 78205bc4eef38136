package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * One JSON value or an array of them, in two steps: Jackson's streaming parser skips over each element, which keeps
 * nothing however large it is, and the bytes that it went over, if they are few enough, are then parsed strictly. So a
 * text of 5 MB, a repeated field or broken surrogates spoil their own element only.
 */
final class JsonReader extends SuggestionReader {

    /** Deeper than any element may be, so that one too deep can still be skipped; bounded, because levels cost memory. */
    private static final int MAX_SKIPPED_DEPTH = 1000;

    /** As Jackson's own default: longer ones cost quadratic time to convert. */
    private static final int MAX_NUMBER_LENGTH = 1000;

    private final RecentBytes in;
    private final int maxBytes;
    private final JsonFactory skipping;
    private JsonParser parser;
    private boolean array;
    private boolean ended;
    private long position;

    JsonReader(InputStream in, int maxBytes) {
        this.in = new RecentBytes(Objects.requireNonNull(in, "in"), maxBytes);
        this.maxBytes = maxBytes;
        this.skipping = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_SKIPPED_DEPTH)
                        .maxStringLength(maxBytes)
                        .maxNumberLength(maxBytes)
                        .build())
                .build();
    }

    @Override
    public boolean many() {
        hasNext();
        return array;
    }

    @Override
    Item advance() throws IOException {
        if (ended) {
            return null;
        }
        position++;
        try {
            return parser == null ? first() : element();
        } catch (StreamConstraintsException e) {
            return last(overLimit());
        } catch (JsonProcessingException e) {
            return last(StrictJson.notJson(e, new Place(position, 1, 1)));
        } catch (CharConversionException e) {
            // Jackson takes leading zero bytes for UTF-32, and fails on that
            return last(StrictJson.notUtf8(position));
        }
    }

    private Item first() throws IOException {
        parser = skipping.createParser(in);
        if (parser.currentLocation().getByteOffset() < 0) {
            // it has found UTF-16 or UTF-32, and counts characters
            return last(StrictJson.notUtf8(position));
        }
        JsonToken token = parser.nextToken();
        array = token == JsonToken.START_ARRAY;
        if (array) {
            return element();
        }
        return last(token == null ? null : alone(value(token)));
    }

    private Item element() throws IOException {
        JsonToken token = parser.nextToken();
        return token == JsonToken.END_ARRAY ? last(alone(null)) : value(token);
    }

    private Item value(JsonToken token) throws IOException {
        if (token.isStructStart()) {
            return structure();
        }
        if (token.isNumeric() && parser.getTextLength() > MAX_NUMBER_LENGTH) {
            return new Unreadable(Code.TOO_LARGE, "is a number of absurd length", position);
        }
        return new Parsed(StrictJson.scalar(parser), position);
    }

    private Item structure() throws IOException {
        JsonLocation start = parser.currentTokenLocation();
        in.forgetBefore(start.getByteOffset());
        parser.skipChildren();
        long end = parser.currentLocation().getByteOffset();
        if (end - start.getByteOffset() > maxBytes) {
            return StrictJson.tooLarge(maxBytes, position);
        }
        return StrictJson.parse(in.upTo(end), maxBytes, new Place(position, start.getLineNr(), start.getColumnNr()));
    }

    /** The item, unless the input goes on after it: then nobody can know what was meant. */
    private Item alone(Item item) throws IOException {
        if (parser.nextToken() == null) {
            return item;
        }
        String where = new Place(position, 1, 1).of(parser.currentTokenLocation());
        String message = "goes on after its end, at " + where + "; give several as an array, or one a line";
        return new Unreadable(Code.MALFORMED, message, position);
    }

    private Unreadable overLimit() {
        return parser.getParsingContext().getNestingDepth() > MAX_SKIPPED_DEPTH
                ? new Unreadable(Code.TOO_DEEP, "is nested deeper than " + MAX_SKIPPED_DEPTH + " levels", position)
                : StrictJson.tooLarge(maxBytes, position);
    }

    private Item last(Item item) {
        ended = true;
        return item;
    }

    @Override
    void closeInput() throws IOException {
        if (parser != null) {
            parser.close();
        }
        in.close();
    }
}
