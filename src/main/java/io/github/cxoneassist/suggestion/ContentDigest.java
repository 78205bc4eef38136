package io.github.cxoneassist.suggestion;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether two texts say the same, letter for letter. */
public final class ContentDigest {

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private ContentDigest() {}

    /**
     * The SHA-256, in hex, of the text in Unicode's NFKC form, without regard to case, each run of white space as one
     * blank, none at either end.
     */
    public static String of(String content) {
        byte[] normal = normal(content).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(normal));
    }

    private static String normal(String content) {
        // up and then down folds what has no lower case of its own, as 'ß' and "ss" or the two small sigmas; what the
        // folding took apart is composed again
        String folded = Normalizer.normalize(content, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        String composed = Normalizer.normalize(folded, Normalizer.Form.NFKC);
        return WHITE_SPACE.matcher(composed).replaceAll(" ").strip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
