package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;

/** Times as the audit log writes them: UTC with six digits of a second, so that text sorts as time does. */
final class SqlTime {

    private static final DateTimeFormatter SIX_DIGITS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private SqlTime() {}

    static String text(Instant at) {
        return at == null ? null : SIX_DIGITS.format(at.truncatedTo(ChronoUnit.MICROS));
    }

    static Instant parse(String text) {
        return text == null ? null : Instant.parse(text);
    }
}
