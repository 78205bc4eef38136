package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.util.TimeUtils;

/** The settings {@code cxone.audit.*}. Secrets are in files, so that they stand in no URL and in no list of properties. */
record AuditSettings(
        ChainKeys chainKeys, SigningKey signingKey, String anchor, int checkpointRows, Duration checkpointInterval) {

    private static final String DATABASE_FILE = "jdbc:sqlite:";

    /** @throws IllegalArgumentException naming the setting or the file that is wrong */
    static AuditSettings of(Function<String, Optional<String>> lookup) {
        int rows = number(lookup.apply("cxone.audit.checkpoint-rows").orElse("10000"));
        Duration interval =
                duration(lookup.apply("cxone.audit.checkpoint-interval").orElse("5m"));
        return new AuditSettings(
                lookup.apply("cxone.audit.chain-key-file")
                        .map(Path::of)
                        .map(ChainKeys::read)
                        .orElse(ChainKeys.NONE),
                lookup.apply("cxone.audit.signing-key-file")
                        .map(Path::of)
                        .map(SigningKey::read)
                        .orElse(null),
                lookup.apply("cxone.audit.anchor").orElse(null),
                rows,
                interval);
    }

    /** A file beside a database in a file, else one in {@code data}: appended, a line a checkpoint. */
    static String defaultAnchor(String databaseUrl) {
        Path file = Path.of("data/cxone-assist");
        if (databaseUrl.startsWith(DATABASE_FILE)) {
            file = Path.of(databaseUrl
                    .substring(DATABASE_FILE.length())
                    .replaceFirst("\\?.*", "")
                    .replaceFirst("^file:", ""));
        }
        Path folder = file.toAbsolutePath().getParent();
        return "file:" + folder + "?fileName=" + file.getFileName() + ".anchors.jsonl&fileExist=Append&appendChars=\\n";
    }

    private static int number(String text) {
        try {
            int rows = Integer.parseInt(text.strip());
            if (rows >= 1) {
                return rows;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "cxone.audit.checkpoint-rows is '" + text + "'. It has to be a whole number from 1.");
    }

    private static Duration duration(String text) {
        try {
            Duration interval = Duration.ofMillis(TimeUtils.toMilliSeconds(text.strip()));
            if (!interval.isNegative() && !interval.isZero()) {
                return interval;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "cxone.audit.checkpoint-interval is '" + text + "'. It has to be a time such as 5m.");
    }
}
