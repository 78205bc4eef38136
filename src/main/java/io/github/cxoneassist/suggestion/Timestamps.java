package io.github.cxoneassist.suggestion;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Instants as the wire has them. Stricter than {@link Instant#parse}, which takes 24:00, folds a second 60 into 59, and
 * accepts lower-case letters and years of five digits.
 */
final class Timestamps {

    static final String EXPECTED = "an ISO-8601 instant such as 2026-11-22T08:00:00.000Z";

    private static final Pattern FORM = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}" + "(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    /** The first and the last year of the normalised instant: an offset can carry a date out of its own year. */
    private static final int FIRST_YEAR = 1970;

    private static final int LAST_YEAR = 9999;

    private static final DateTimeFormatter PRINTED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(NANO_OF_SECOND, 3, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** Empty for all but a real moment of the years 1970 to 9999 (UTC) in the strict form. */
    static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            boolean inRange = utc.getYear() >= FIRST_YEAR && utc.getYear() <= LAST_YEAR;
            return inRange ? Optional.of(utc.toInstant()) : Optional.empty();
        } catch (DateTimeException notInTheCalendar) {
            return Optional.empty();
        }
    }

    /** UTC, milliseconds, and more digits only where the instant has them. */
    static String format(Instant instant) {
        return PRINTED.format(instant);
    }
}
