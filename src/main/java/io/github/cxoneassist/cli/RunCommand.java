package io.github.cxoneassist.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cxone-assist run}: the production profile, against a real CXone. */
@Command(
        name = "run",
        description = "Connects to CXone and runs the routes until it is stopped.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, name = value a line. The environment wins over it, it wins over the defaults.")
    private Path config;

    @Override
    public Integer call() throws Exception {
        Path home = AssistApplication.home();
        Logging.use(home.resolve("config/log4j2.properties"));
        AssistApplication application =
                new AssistApplication(home, "production", config == null ? List.of() : List.of(config), Map.of());
        application.main().addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                Places places = Places.of(main.getCamelContext());
                // not a constant: what makes a logger before the log is chosen gets none
                LoggerFactory.getLogger(RunCommand.class)
                        .info(
                                "Up: suggestions {}, health at {}/observe/health, metrics at {}/observe/metrics",
                                places.suggestions(),
                                places.httpUrl(),
                                places.httpUrl());
            }
        });
        application.run();
        return 0;
    }
}
