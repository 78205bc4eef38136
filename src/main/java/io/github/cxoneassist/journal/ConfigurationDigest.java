package io.github.cxoneassist.journal;

import java.util.Map;

/** A short name for a set of rules, by which rows say what they were judged by. */
public final class ConfigurationDigest {
    private static final int DIGITS = 16;

    private ConfigurationDigest() {}

    /** The first 16 hex digits of the SHA-256 over the settings in RFC 8785 form. */
    public static String of(Map<String, Object> settings) {
        return Sha256.hex(CanonicalJson.of(Details.copyOf(settings))).substring(0, DIGITS);
    }
}
