package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README promises of settings, commands and links is true of the tree that it stands in. */
class ReadmeTest {

    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(cxone\\.[a-z0-9.-]+)` \\|([^|]*)\\|");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#([^)]+))?\\)");

    @Test
    void theTablesOfSettingsAreTheFileOfDefaults() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = SETTING.matcher(readmeAndSources());
        while (row.find()) {
            String value = row.group(2).strip();
            // "from the region" is how the README says that a blank setting is derived
            documented.put(row.group(1), value.startsWith("`") ? value.replace("`", "") : "");
        }

        assertThat(documented).isEqualTo(defaults()).hasSizeGreaterThan(15);
    }

    @Test
    void itBeginsWithTheTwoCommands() throws IOException {
        Stream<String> commands = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("mvn "))
                .limit(2)
                .map(line -> line.replaceFirst("\\s+#.*", ""));

        assertThat(commands).containsExactly("mvn compile camel:run", "mvn verify");
    }

    @Test
    void everyRelativeLinkOfTheDocumentsLeadsSomewhere() throws IOException {
        try (Stream<Path> files = Stream.concat(
                Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md")),
                Files.walk(Path.of("docs")).filter(file -> file.toString().endsWith(".md")))) {
            AtomicInteger links = new AtomicInteger();
            assertThat(files).allSatisfy(file -> {
                Matcher link = LINK.matcher(Files.readString(file));
                while (link.find()) {
                    links.incrementAndGet();
                    Path target = file.resolveSibling(link.group(1)).normalize();
                    assertThat(target).as("%s in %s", link.group(), file).exists();
                    if (link.group(2) != null) {
                        assertThat(headings(target))
                                .as("%s in %s", link.group(), file)
                                .contains(link.group(2));
                    }
                }
            });
            assertThat(links).hasValueGreaterThan(20);
        }
    }

    /** The settings of a source stand in the chapter of that source. */
    private static String readmeAndSources() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("README.md")));
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith("sources"))
                    .toList()) {
                text.append('\n').append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static Map<String, String> defaults() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config/application.properties"))) {
            properties.load(reader);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.toString().startsWith("cxone.")) {
                settings.put(name.toString(), value.toString());
            }
        });
        return settings;
    }

    /** The anchors that a heading gets where Markdown is shown. */
    private static Stream<String> headings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'));
    }
}
