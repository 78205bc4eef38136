package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalDatabaseException;
import io.github.cxoneassist.journal.PublicKeys;
import io.github.cxoneassist.journal.SigningKey;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;

/**
 * The settings {@code cxone.node} and {@code cxone.audit.*}. Secrets are in files, so that they stand in no URL and in no list
 * of properties.
 *
 * @param node whose chain is written
 * @param signingKey null for none
 * @param formerKeys the public keys of those that signed before; none where nobody has said
 * @param anchor null for the default
 * @param textDays after how many days texts are erased; 0 for never
 */
public record AuditSettings(
        String node,
        ChainKeys chainKeys,
        SigningKey signingKey,
        PublicKeys formerKeys,
        String anchor,
        int checkpointRows,
        Duration checkpointInterval,
        int textDays) {

    private static final Pattern SCHEMA = Pattern.compile("[?&]currentSchema=([^&]*)");

    private static final int MAX_DAYS = 36_500;

    /** Reads one setting after the other, and notes what is wrong instead of stopping at it. */
    private static final class Reading {
        private final Function<String, Optional<String>> lookup;
        private final List<String> problems = new ArrayList<>();

        Reading(Function<String, Optional<String>> lookup) {
            this.lookup = name -> lookup.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        }

        AuditSettings settings() {
            return new AuditSettings(
                    value(
                            "cxone.node",
                            "main",
                            "letters, digits, dots, hyphens and underscores, 64 at most, and not end with "
                                    + AuditVerifier.OPERATOR,
                            AuditSettings::node),
                    file("cxone.audit.chain-key-file", ChainKeys::read, ChainKeys.NONE),
                    file("cxone.audit.signing-key-file", SigningKey::read, null),
                    file("cxone.audit.public-keys-file", PublicKeys::read, PublicKeys.NONE),
                    lookup.apply("cxone.audit.anchor").orElse(null),
                    value(
                            "cxone.audit.checkpoint-rows",
                            "10000",
                            "a whole number from 1",
                            text -> number(text, 1, Integer.MAX_VALUE)),
                    value("cxone.audit.checkpoint-interval", "5m", "a time such as 5m", AuditSettings::duration),
                    value(
                            "cxone.audit.text-days",
                            "0",
                            "a whole number of days, or 0",
                            text -> number(text, 0, MAX_DAYS)));
        }

        private <T> T value(String name, String fallback, String what, Function<String, T> parse) {
            String text = lookup.apply(name).orElse(fallback);
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                problems.add(name + " is '" + text + "'. It has to be " + what + ".");
                return parse.apply(fallback);
            }
        }

        private <T> T file(String name, Function<Path, T> read, T none) {
            Optional<String> text = lookup.apply(name);
            try {
                return text.map(Path::of).map(read).orElse(none);
            } catch (InvalidPathException e) {
                problems.add(name + " is not the name of a file.");
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage() + ".");
            }
            return none;
        }
    }

    /** @throws IllegalArgumentException naming the settings or files that are wrong */
    public static AuditSettings of(Function<String, Optional<String>> lookup) {
        Reading reading = new Reading(lookup);
        AuditSettings settings = reading.settings();
        if (!reading.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), reading.problems));
        }
        return settings;
    }

    /** What is wrong with them, a sentence each. */
    public static List<String> problems(Function<String, Optional<String>> lookup) {
        Reading reading = new Reading(lookup);
        reading.settings();
        return reading.problems;
    }

    /**
     * What signatures are checked with. All that may have signed where the former ones are named; else the key in use, among
     * others that may have been used before it.
     */
    public PublicKeys publicKeys() {
        if (signingKey == null) {
            return formerKeys;
        }
        PublicKeys own = PublicKeys.of(signingKey);
        return formerKeys.isEmpty() ? own.amongOthers() : own.with(formerKeys);
    }

    /** The endpoint that appends to {@link #defaultAnchorFile}, a line a checkpoint. */
    static String defaultAnchor(String databaseUrl) {
        return appendTo(defaultAnchorFile(databaseUrl));
    }

    /** The whole name is an option, and taken as it is: what stands before the question mark Camel reads as a URI, twice. */
    static String appendTo(Path file) {
        return "file:" + file.getRoot() + "?fileName=RAW(" + file.getRoot().relativize(file)
                + ")&fileExist=Append&appendChars=\\n";
    }

    /**
     * Where checkpoints are kept unless {@code cxone.audit.anchor} says otherwise: beside a database in a file, else in
     * {@code data}, under the name of server, database and schema, since two databases must not share one.
     *
     * @throws JournalDatabaseException where there is no journal for the URL
     */
    public static Path defaultAnchorFile(String databaseUrl) {
        Path file = JournalDatabase.file(databaseUrl)
                .orElseGet(() -> Path.of("data", nameOf(databaseUrl)).toAbsolutePath());
        return file.resolveSibling(file.getFileName() + ".anchors.jsonl");
    }

    private static String nameOf(String databaseUrl) {
        String place = databaseUrl.replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
        Matcher schema = SCHEMA.matcher(databaseUrl);
        return (schema.find() ? place + "-" + schema.group(1) : place).replaceAll("[^A-Za-z0-9._]+", "-");
    }

    private static String node(String text) {
        if (text.matches("[A-Za-z0-9._-]{1,64}") && !text.endsWith(AuditVerifier.OPERATOR)) {
            return text;
        }
        throw new IllegalArgumentException();
    }

    private static int number(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private static Duration duration(String text) {
        if (!text.matches("[0-9P].*")) {
            // Camel takes a word for some time or other
            throw new IllegalArgumentException();
        }
        Duration interval = Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException();
        }
        return interval;
    }
}
