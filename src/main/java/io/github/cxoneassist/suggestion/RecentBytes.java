package io.github.cxoneassist.suggestion;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Hands a stream on and remembers its latest bytes, from a mark on, as long as they are few. Where they grow past the
 * limit, all but the last read are forgotten: whoever reads on stands in that one.
 */
final class RecentBytes extends InputStream {

    /** The most that is handed on at once, and so the most that is kept beyond the limit. */
    private static final int CHUNK = 8192;

    private final InputStream in;
    private final int limit;
    private byte[] kept = new byte[CHUNK];
    private int size;
    private long offset;

    /** @param limit the longest run of bytes that can be asked for */
    RecentBytes(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, Math.min(length, CHUNK));
        if (count > 0) {
            keep(target, from, count);
        }
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    private void keep(byte[] source, int from, int count) {
        if ((long) size + count > (long) limit + CHUNK) {
            offset += size;
            size = 0;
        }
        if (size + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(size + count, 2 * kept.length));
        }
        System.arraycopy(source, from, kept, size, count);
        size += count;
    }

    /** Moves the mark to this offset from the start of the stream, which must lie in the last read. */
    void forgetBefore(long mark) {
        int dropped = Math.toIntExact(mark - offset);
        System.arraycopy(kept, dropped, kept, 0, size - dropped);
        size -= dropped;
        offset = mark;
    }

    /** The bytes from the mark up to {@code end}; at most the limit. */
    byte[] upTo(long end) {
        return Arrays.copyOf(kept, Math.toIntExact(end - offset));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
