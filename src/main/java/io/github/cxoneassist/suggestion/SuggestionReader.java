package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Splits a stream into single suggestions, unvalidated, without ever holding more of it than one of them. What cannot be
 * read is an item too, so that a bad one never costs its neighbours and every one can be recorded.
 *
 * <p>UTF-8 only. An empty input has no items. {@link #hasNext} blocks while the stream does, and answers an
 * {@link IOException} of the stream with an {@link UncheckedIOException}, after which the reader is spent. Not
 * thread-safe. Closing it closes the stream.
 */
public abstract sealed class SuggestionReader implements Iterator<SuggestionReader.Item>, AutoCloseable
        permits NdjsonReader, JsonReader {

    /** One place in the input where a suggestion is expected. */
    public sealed interface Item {

        /** Where it stands: the 1-based line (newline-delimited input) or index (an array). */
        long position();
    }

    /** JSON, of whatever type and content. */
    public record Parsed(JsonNode node, long position) implements Item {

        /** Leaves the node out, so that no suggestion's text reaches a log. */
        @Override
        public String toString() {
            return "Parsed[position=" + position + "]";
        }
    }

    /** No JSON, or more of it than is allowed. The message never repeats the input. */
    public record Unreadable(Code code, String message, long position) implements Item {}

    private Item next;
    private boolean spent;

    /**
     * One suggestion a line. Blank lines are skipped but counted.
     *
     * @param maxBytes the most that one line may have, its end not counted
     */
    public static SuggestionReader ndjson(InputStream in, int maxBytes) {
        return new NdjsonReader(in, maxBytes);
    }

    /**
     * One JSON value, or one array of them. A syntax error makes all that follows unreadable, so it is the last item.
     *
     * @param maxBytes the most that one value may have, an array counted element by element
     */
    public static SuggestionReader json(InputStream in, int maxBytes) {
        return new JsonReader(in, maxBytes);
    }

    /** Reads one message that holds one JSON value, never an array of suggestions. */
    public static Item parse(byte[] message, int maxBytes) {
        return StrictJson.parse(message, maxBytes, Place.START);
    }

    /** As {@link #parse(byte[], int)}; the limit is on its length in UTF-8. */
    public static Item parse(String message, int maxBytes) {
        return StrictJson.parse(message, maxBytes, Place.START);
    }

    /** Whether the input is a list by its form, however long: lines or an array. Reads up to the first item. */
    public abstract boolean many();

    /** The next item, or null at the end. Not called again after null or an exception. */
    abstract Item advance() throws IOException;

    abstract void closeInput() throws IOException;

    @Override
    public final boolean hasNext() {
        if (next == null && !spent) {
            // spent until proven otherwise: a failed stream is not read again
            spent = true;
            try {
                next = advance();
            } catch (IOException e) {
                throw new UncheckedIOException("The input broke off while suggestions were read from it", e);
            }
            spent = next == null;
        }
        return next != null;
    }

    @Override
    public final Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The input has no further suggestion");
        }
        Item item = next;
        next = null;
        return item;
    }

    @Override
    public final void close() {
        spent = true;
        next = null;
        try {
            closeInput();
        } catch (IOException e) {
            throw new UncheckedIOException("The input of suggestions could not be closed", e);
        }
    }
}
