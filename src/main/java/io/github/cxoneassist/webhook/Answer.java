package io.github.cxoneassist.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * What a subscriber answered.
 *
 * @param retryAfter the header of that name, as it came
 * @param text the beginning of the body, fit for a log: one line, without control characters. It is the subscriber's, and
 *     so may be anything
 */
public record Answer(int status, Optional<String> retryAfter, String text) {

    public Answer {
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(text, "text");
    }

    /** One without a header or a body. */
    public static Answer of(int status) {
        return new Answer(status, Optional.empty(), "");
    }

    static Answer of(int status, String retryAfter, byte[] body) {
        return new Answer(
                status,
                Optional.ofNullable(retryAfter).map(Answer::line),
                line(new String(body, StandardCharsets.UTF_8)));
    }

    /** Also without what turns the direction of the text around it, and without lone surrogates and half characters. */
    private static String line(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029\\uFFFD]+", " ")
                .strip();
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
