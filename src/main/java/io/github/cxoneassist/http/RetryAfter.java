package io.github.cxoneassist.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code Retry-After} header in both of its forms (RFC 9110, 10.2.3). */
public final class RetryAfter {

    /** What a 429 without the header means. */
    public static final Duration DEFAULT = Duration.ofSeconds(2);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private RetryAfter() {}

    /**
     * @param header seconds or an HTTP date; null is allowed
     * @param longest a server's typing error must not silence us for a year
     * @return from zero (a date that has passed) to the longest; empty where there is no header or it makes no sense
     */
    public static Optional<Duration> parse(String header, Instant now, Duration longest) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.strip();
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value)), longest));
        }
        try {
            return Optional.of(bounded(Duration.between(now, HTTP_DATE.parse(value, Instant::from)), longest));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration asked, Duration longest) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(longest) > 0 ? longest : asked;
    }
}
