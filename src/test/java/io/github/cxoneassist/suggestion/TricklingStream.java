package io.github.cxoneassist.suggestion;

import java.io.ByteArrayInputStream;

/** Hands out its bytes in reads of the given sizes, over and over, as a slow network does. */
final class TricklingStream extends ByteArrayInputStream {

    private final int[] sizes;
    private int reads;

    TricklingStream(byte[] bytes, int... sizes) {
        super(bytes);
        this.sizes = sizes;
    }

    @Override
    public synchronized int read(byte[] target, int from, int length) {
        return super.read(target, from, Math.min(length, sizes[reads++ % sizes.length]));
    }
}
