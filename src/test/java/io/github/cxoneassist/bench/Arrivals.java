package io.github.cxoneassist.bench;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * When each suggestion arrived at the stand-in, shared by two processes through a file. In nanoseconds of
 * {@link System#nanoTime}, which is one clock for all processes of a machine on Linux.
 */
final class Arrivals {

    private final LongBuffer nanos;

    private Arrivals(LongBuffer nanos) {
        this.nanos = nanos;
    }

    static Arrivals in(Path file, int capacity) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) capacity * Long.BYTES);
            return new Arrivals(buffer.asLongBuffer());
        }
    }

    void now(int number) {
        // the first time counts
        if (nanos.get(number) == 0) {
            nanos.put(number, System.nanoTime());
        }
    }

    /** 0 if it has not arrived. */
    long of(int number) {
        return nanos.get(number);
    }
}
