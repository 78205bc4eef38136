package io.github.cxoneassist.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of settings, of which the first wins over the next, and what the environment says of those that they name. */
final class ConfigurationFiles {

    private final List<Path> files;

    /**
     * @param profile the name of the profile's file in {@code config/}
     * @param own settings of the operator, which win over the profile; may be empty
     * @throws SettingsException where a file is not there
     */
    ConfigurationFiles(Path home, String profile, List<Path> own) {
        Path config = home.resolve("config");
        this.files = Stream.concat(
                        own.stream(),
                        Stream.of(config.resolve(profile + ".properties"), config.resolve("application.properties")))
                .toList();
        files.forEach(ConfigurationFiles::requireFile);
    }

    /** As Camel takes them. */
    String locations() {
        return files.stream().map(ConfigurationFiles::uri).collect(Collectors.joining(","));
    }

    /** What the environment says of the settings that a file names. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (Path file : files) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingsException(
                        List.of("The configuration file " + file + " cannot be read as UTF-8 lines of name = value."));
            }
            for (String name : properties.stringPropertyNames()) {
                String value = System.getenv(Settings.environmentVariable(name));
                if (value != null) {
                    environment.put(name, value);
                }
            }
        }
        return environment;
    }

    private static void requireFile(Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsException(
                    List.of("The configuration file " + file + " does not exist or cannot be read."));
        }
    }

    static String uri(Path path) {
        return "file:" + path.toAbsolutePath().normalize();
    }
}
