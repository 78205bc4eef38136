package io.github.cxoneassist.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Renders sample suggestions: a template of one JSON object a line, in which {@code @NOW@}, {@code @NOW-1m@},
 * {@code @NOW+10s@} (any whole number of s, m or h) stand for instants and {@code @RUN@} for the id of the run, so that
 * the same template can be offered again and again.
 */
public final class SampleSuggestions {

    private static final Pattern TOKEN = Pattern.compile("@(?:RUN|NOW(?:([+-])(\\d{1,6})([smh]))?)@");
    private static final Pattern LEFT_OVER = Pattern.compile("@(?:RUN|NOW)[^@\"]*@");
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private SampleSuggestions() {}

    /**
     * Writes {@code sample-<run>.ndjson}. Whoever watches the folder sees the whole file or none: until it is complete
     * it has a hidden name.
     *
     * @param run letters, digits and hyphens, 64 at most
     * @throws IllegalArgumentException if the template has a token that nobody knows, or the run is not such an id
     * @throws IOException              if the folder can't be made or written to
     */
    public static Path write(String template, Path folder, Instant now, String run) throws IOException {
        var text = render(template, now, run);
        Files.createDirectories(folder);
        var hidden = folder.resolve(".sample-" + run + ".ndjson.part");
        try {
            Files.writeString(hidden, text);
            return Files.move(hidden, folder.resolve("sample-" + run + ".ndjson"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(hidden);
        }
    }

    /** How many suggestions a text offers, the broken ones included: its lines that are not blank. */
    public static long count(String text) {
        return text.lines().filter(line -> !line.isBlank()).count();
    }

    static String render(String template, Instant now, String run) {
        if (!RUN.matcher(run).matches()) {
            throw new IllegalArgumentException("A run id has letters, digits and hyphens, 64 at most");
        }
        var text =
                TOKEN.matcher(template).replaceAll(token -> token.group().equals("@RUN@") ? run : instant(token, now));
        var leftOver = LEFT_OVER.matcher(text);
        if (leftOver.find()) {
            throw new IllegalArgumentException(
                    leftOver.group() + " is no token; write @RUN@, @NOW@, or @NOW+5m@ with s, m or h");
        }
        return text;
    }

    private static String instant(MatchResult token, Instant now) {
        if (token.group(1) == null) {
            return INSTANT.format(now);
        }
        var amount = Long.parseLong(token.group(1) + token.group(2));
        return INSTANT.format(now.plus(
                switch (token.group(3)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                }));
    }
}
