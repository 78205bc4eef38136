package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter err = new StringWriter();

    @Test
    void progressIsOneLineThatIsWrittenOver() {
        Progress progress = new Progress(new PrintWriter(err), true, "Verifying", 2_000_000);

        assertThat(progress.line(500_000, 40_000))
                .isEqualTo("Verifying [#######.......................] 25 % of 2,000,000 rows, 40,000/s");
        progress.at(500_000);
        progress.end();
        assertThat(err.toString()).startsWith("\rVerifying [#######").endsWith("\r\u001b[K");
    }

    @Test
    void withoutATerminalThereIsNoProgress() {
        Progress progress = new Progress(new PrintWriter(err), false, "Verifying", 10);
        progress.at(5);
        progress.end();

        assertThat(err.toString()).isEmpty();
    }
}
