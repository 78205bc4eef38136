package io.github.cxoneassist.cli;

import io.github.cxoneassist.pipeline.WebhookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Camel Main with our folders: routes, Kamelets and defaults come from the application's home, data from where it was
 * started.
 */
public final class AssistApplication {

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            properties(context);
            return context;
        }
    };

    /**
     * @param home the folder that holds {@code routes/}, {@code kamelets/} and {@code config/}
     * @param profile the name of the profile's file in {@code config/}, over which {@code files} win
     * @param files settings of the operator, the first wins over the next; may be empty
     * @param overrides settings that nothing else can change, not even the environment
     */
    public AssistApplication(Path home, String profile, List<Path> files, Map<String, String> overrides) {
        ConfigurationFiles settings = new ConfigurationFiles(home, profile, files);
        main.setPropertyPlaceholderLocations(settings.locations());
        main.addInitialProperty("camel.component.kamelet.location", ConfigurationFiles.uri(home.resolve("kamelets")));
        settings.environment().forEach(main::addOverrideProperty);
        overrides.forEach(main::addOverrideProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport configured) {
                // not before: which sources are on may be said by the environment, a file or a profile
                main.configure()
                        .withRoutesIncludePattern(Stream.concat(
                                        Stream.of(ConfigurationFiles.uri(home) + "/routes/*.camel.yaml"),
                                        sources(home, configured).locations().stream())
                                .collect(Collectors.joining(",")));
            }

            @Override
            public void afterConfigure(BaseMainSupport configured) {
                CamelContext context = configured.getCamelContext();
                List<String> problems =
                        new ArrayList<>(sources(home, configured).problems());
                problems.addAll(WebhookSettings.subscribers(context.getPropertiesComponent())
                        .problems());
                Settings.check(name -> context.getPropertiesComponent().resolveProperty(name), problems);
                Surroundings.check(Places.of(context));
            }
        });
    }

    private static Sources sources(Path home, BaseMainSupport main) {
        return new Sources(home, main.getCamelContext().resolvePropertyPlaceholders("{{cxone.sources:}}"));
    }

    /** The properties of a context, read as ours are. */
    static PropertiesComponent properties(CamelContext context) {
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        // Camel's own default is ISO-8859-1, which no editor writes any more
        properties.setEncoding("UTF-8");
        // Camel would let the environment win over everything, the overrides included
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        return properties;
    }

    /** Camel's own Main, to add listeners and beans to before it runs. */
    public Main main() {
        return main;
    }

    /**
     * Where routes, Kamelets and defaults are: named by the start script, else the current folder.
     *
     * @throws SettingsException if they are not there
     */
    static Path home() {
        Path home = Path.of(System.getProperty("cxone.home", "")).toAbsolutePath();
        if (!Files.isDirectory(home.resolve("routes")) || !Files.isDirectory(home.resolve("kamelets"))) {
            throw new SettingsException(List.of("There are no routes/ and kamelets/ in " + home
                    + ". Start it with bin/cxone-assist, or from the project's folder."));
        }
        return home;
    }

    /** Runs until it is told to stop. */
    void run() throws Exception {
        main.run();
    }
}
