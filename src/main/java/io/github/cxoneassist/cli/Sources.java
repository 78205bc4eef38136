package io.github.cxoneassist.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source routes that are switched on: a NAME in {@code cxone.sources} is the file routes/sources/NAME.camel.yaml. */
final class Sources {

    private static final String ENDING = ".camel.yaml";

    private final Path folder;
    private final Set<String> names;

    /** @param setting names separated by commas; blank for none */
    Sources(Path home, String setting) {
        this.folder = home.resolve("routes/sources");
        this.names = names(setting);
    }

    static Set<String> names(String setting) {
        return Stream.of(setting.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Each name without a file. */
    List<String> problems() {
        List<String> there = there();
        return names.stream()
                // compared with what is there, so that no name leads out of the folder
                .filter(name -> !there.contains(name))
                .map(name -> "cxone.sources (" + Settings.environmentVariable("cxone.sources") + ") names '" + name
                        + "', and there is no file " + folder.resolve(name + ENDING) + ". There are: "
                        + String.join(", ", there) + ".")
                .toList();
    }

    private List<String> there() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
        }
    }

    /** The files that are there, as Camel takes them. */
    List<String> locations() {
        List<String> there = there();
        return names.stream()
                .filter(there::contains)
                .map(name -> ConfigurationFiles.uri(folder.resolve(name + ENDING)))
                .toList();
    }
}
