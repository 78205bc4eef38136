package io.github.cxoneassist.suggestion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Newline-delimited JSON. Lines are cut at the byte level, where a newline cannot be part of another character, so that
 * a line too long can be drained without being kept and broken UTF-8 spoils its own line only.
 */
final class NdjsonReader extends SuggestionReader {

    private static final int CHUNK = 8192;

    private final InputStream in;
    private final int maxBytes;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(CHUNK);
    private boolean lineTooLong;
    private long number;

    NdjsonReader(InputStream in, int maxBytes) {
        this.in = Objects.requireNonNull(in, "in");
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean many() {
        return true;
    }

    @Override
    Item advance() throws IOException {
        while (readLine()) {
            byte[] bytes = withoutCarriageReturn(line.toByteArray());
            if (lineTooLong || bytes.length > maxBytes) {
                return StrictJson.tooLarge(maxBytes, number);
            }
            if (!isBlank(bytes)) {
                return item(bytes);
            }
        }
        return null;
    }

    private Item item(byte[] bytes) {
        // only the very first line may start with a byte order mark, and only there it has no meaning
        return StrictJson.parse(bytes, bytes.length, number == 1 ? Place.START : new Place(number, number, 1));
    }

    /** Fills {@link #line} with the next line, without its end. False where there is none. */
    private boolean readLine() throws IOException {
        line.reset();
        lineTooLong = false;
        if (at == end && !fill()) {
            return false;
        }
        number++;
        do {
            int newline = at;
            while (newline < end && chunk[newline] != '\n') {
                newline++;
            }
            keep(at, newline - at);
            at = newline;
        } while (at == end && fill());
        if (at < end) {
            at++;
        }
        return true;
    }

    /** One byte more than the limit is kept: it may turn out to be the carriage return of the line's end. */
    private void keep(int from, int length) {
        if (lineTooLong || (long) line.size() + length > maxBytes + 1L) {
            lineTooLong = true;
            line.reset();
        } else {
            line.write(chunk, from, length);
        }
    }

    private static byte[] withoutCarriageReturn(byte[] bytes) {
        boolean ends = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return ends ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, CHUNK));
        return end > 0;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    void closeInput() throws IOException {
        in.close();
    }
}
