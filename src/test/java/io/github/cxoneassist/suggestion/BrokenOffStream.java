package io.github.cxoneassist.suggestion;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Fails after its text, where a whole stream would end. */
final class BrokenOffStream extends InputStream {

    private final InputStream text;

    BrokenOffStream(String text) {
        this.text = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
        int next = text.read();
        return next < 0 ? fail() : next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = text.read(target, from, length);
        return count < 0 ? fail() : count;
    }

    private static int fail() throws IOException {
        throw new IOException("connection reset");
    }
}
