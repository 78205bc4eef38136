package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a setting comes from: overrides, environment, the operator's file, the profile, the defaults. */
class AssistApplicationTest {

    @TempDir
    Path home;

    @BeforeEach
    void folders() throws Exception {
        Files.createDirectory(home.resolve("config"));
        Files.createDirectories(home.resolve("routes/sources"));
        // PATH is the variable that every environment has
        Files.writeString(
                home.resolve("config/application.properties"), "a=default\nb=default\nc=default\npath=default\n");
        Files.writeString(home.resolve("config/production.properties"), "b=profile\nc=profile\n");
        Files.writeString(home.resolve("mine.properties"), "c=Grüße €\npath=mine\n");
    }

    @Test
    void theFileWinsOverTheProfileAndThatOverTheDefaults() throws Exception {
        assertThat(settings(Map.of(), "a", "b", "c")).containsExactly("default", "profile", "Grüße €");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        assertThat(settings(Map.of(), "path")).containsExactly(System.getenv("PATH"));
    }

    @Test
    void anOverrideWinsOverTheEnvironment() throws Exception {
        assertThat(settings(Map.of("path", "override"), "path")).containsExactly("override");
    }

    @Test
    void aFolderWithoutRoutesIsNamed() {
        String before = System.getProperty("cxone.home");
        System.setProperty("cxone.home", home.toString());
        try {
            assertThatThrownBy(AssistApplication::home)
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("There are no routes/ and kamelets/ in " + home
                            + ". Start it with bin/cxone-assist, or from the project's folder.");
        } finally {
            if (before == null) {
                System.clearProperty("cxone.home");
            } else {
                System.setProperty("cxone.home", before);
            }
        }
    }

    @Test
    void onlyTheSourcesThatAreNamedRun() throws Exception {
        route("routes", "events");
        route("routes/sources", "crm");
        route("routes/sources", "kb");
        route("routes/sources", "model");

        assertThat(routes("crm , model, crm")).containsExactlyInAnyOrder("events", "crm", "model");
    }

    @Test
    void noSourceRunsWhereNoneIsNamed() throws Exception {
        route("routes", "events");
        route("routes/sources", "crm");

        assertThat(routes(" ")).containsExactly("events");
    }

    @Test
    void aSourceWithoutAFileIsToldWithThoseThatThereAre() throws Exception {
        route("routes", "events");
        route("routes/sources", "kb");
        route("routes/sources", "crm");

        assertThatThrownBy(() -> routes("crm,crn,../events"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("cxone.sources (CXONE_SOURCES) names 'crn', and there is no file "
                        + home.resolve("routes/sources/crn.camel.yaml") + ". There are: crm, kb."
                        + System.lineSeparator()
                        + "cxone.sources (CXONE_SOURCES) names '../events', and there is no file "
                        + home.resolve("routes/sources/../events.camel.yaml") + ". There are: crm, kb.");
    }

    private void route(String folder, String id) throws Exception {
        Files.writeString(
                home.resolve(folder).resolve(id + ".camel.yaml"),
                "- route: {id: %s, from: {uri: 'direct:%s', steps: [{stop: {}}]}}%n".formatted(id, id));
    }

    private List<String> routes(String sources) throws Exception {
        AssistApplication application = application(Map.of("cxone.sources", sources));
        try {
            application.main().init();
            return ((ModelCamelContext) application.main().getCamelContext())
                    .getRouteDefinitions().stream().map(RouteDefinition::getId).toList();
        } finally {
            application.main().stop();
        }
    }

    private List<String> settings(Map<String, String> overrides, String... names) throws Exception {
        AssistApplication application = application(overrides);
        application.main().init();
        try {
            var properties = application.main().getCamelContext().getPropertiesComponent();
            return List.of(names).stream()
                    .map(properties::resolveProperty)
                    .map(Optional::orElseThrow)
                    .toList();
        } finally {
            application.main().stop();
        }
    }

    private AssistApplication application(Map<String, String> overrides) throws Exception {
        var all = new java.util.HashMap<>(Map.of(
                "cxone.region", "us",
                "cxone.client-id", "id",
                "cxone.client-secret", "secret",
                "cxone.http-host", "127.0.0.1",
                "cxone.http-port", String.valueOf(Launcher.freePort()),
                "cxone.inbox", home.resolve("inbox").toString(),
                "cxone.database-url", "jdbc:sqlite:never-opened.db"));
        all.putAll(overrides);
        return new AssistApplication(home, "production", List.of(home.resolve("mine.properties")), all);
    }
}
