package io.github.cxoneassist.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of one label in a PEM file. */
final class Pem {
    private Pem() {}

    /** @throws IllegalArgumentException with the file, and never with what is in it */
    static List<byte[]> blocks(Path file, String label) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the key file " + file + " cannot be read: " + e, e);
        }
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]*)-----END " + label + "-----")
                .matcher(text);
        List<byte[]> blocks = new ArrayList<>();
        try {
            while (block.find()) {
                blocks.add(Base64.getMimeDecoder().decode(block.group(1)));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key file " + file + " is not base64 between its marks");
        }
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException(
                    "the key file " + file + " holds no -----BEGIN " + label + "-----: it has to be a PEM file");
        }
        return blocks;
    }

    static String of(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
