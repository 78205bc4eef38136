package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRowTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00.000000Z",
        "2026-11-22T08:00:00.1Z, 2026-11-22T08:00:00.100000Z",
        "2026-11-22T08:00:00.123456789Z, 2026-11-22T08:00:00.123456Z"
    })
    void aDateAlwaysHasSixDigits(Instant at, String text) {
        JournalRow row = new JournalRow("n", 1, at, "held", null, null, null, "{}", "p", "h");

        assertThat(row.atText()).isEqualTo(text);
        assertThat(JournalRow.parseAt(text)).isEqualTo(row.at());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00.123Z",
                "2026-11-22T08:00:00.1234567Z",
                "2026-11-22T09:00:00.123456+01:00",
                "2026-11-22t08:00:00.123456z",
                "yesterday",
                ""
            })
    void aDateThatIsWrittenOtherwiseIsRefused(String text) {
        assertThatThrownBy(() -> JournalRow.parseAt(text)).isInstanceOf(DateTimeException.class);
    }
}
