package io.github.cxoneassist.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** One object of a cluster as a file of the repository describes it, or the part of it that a patch changes. */
record Manifest(Path file, JsonNode tree) {

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    /** That a patch of this one is meant for that one. */
    boolean isOfSameNameAs(Manifest other) {
        return is(other.kind()) && name().equals(other.name());
    }

    JsonNode at(String pointer) {
        return tree.at(pointer);
    }

    /** What a report of a test shows. */
    @Override
    public String toString() {
        return file + ": " + kind() + " " + name();
    }
}
