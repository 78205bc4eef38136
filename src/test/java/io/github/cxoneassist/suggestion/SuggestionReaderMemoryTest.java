package io.github.cxoneassist.suggestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 200 MB, of which almost all is in texts of 5 MB. All that is ever allocated bounds what is held at any moment. */
@Timeout(20)
class SuggestionReaderMemoryTest {

    private static final int MAX_BYTES = 64 * 1024;
    private static final int FIVE_MEGABYTES = 5_000_000;
    private static final int LARGE_ONES = 40;
    private static final long ALLOWED = 4_000_000;

    @Test
    void linesTooLongAreNotKept() {
        assertBounded(SuggestionReader.ndjson(input("", "\n", ""), MAX_BYTES));
    }

    @Test
    void elementsTooLargeAreNotKept() {
        assertBounded(SuggestionReader.json(input("[", ",", "]"), MAX_BYTES));
    }

    private static void assertBounded(SuggestionReader reader) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        List<String> summary = ReaderSupport.summary(reader);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(summary).hasSize(2 * LARGE_ONES + 1).startsWith("1 {\"a\":1}", "2 too_large", "3 {\"a\":1}");
        assertThat(allocated).isLessThan(ALLOWED);
    }

    /** Small and large values in turn, small ones at both ends; the large ones share one array. */
    private static InputStream input(String start, String between, String end) {
        byte[] large = ("{\"a\":\"" + "x".repeat(FIVE_MEGABYTES) + "\"}" + between).getBytes(UTF_8);
        byte[] small = ("{\"a\":1}" + between).getBytes(UTF_8);
        List<InputStream> parts = new ArrayList<>();
        parts.add(ReaderSupport.stream(start));
        for (int i = 0; i < LARGE_ONES; i++) {
            parts.add(new ByteArrayInputStream(small));
            parts.add(new ByteArrayInputStream(large));
        }
        parts.add(ReaderSupport.stream("{\"a\":1}" + end));
        return new SequenceInputStream(Collections.enumeration(parts));
    }
}
