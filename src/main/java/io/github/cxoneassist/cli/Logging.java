package io.github.cxoneassist.cli;

import java.nio.file.Path;

/** Chooses the log configuration, as long as nothing has logged yet and nobody chose another. */
final class Logging {

    private static final String PROPERTY = "log4j2.configurationFile";

    private Logging() {}

    static void use(Path configuration) {
        if (System.getProperty(PROPERTY) == null && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(PROPERTY, configuration.toUri().toString());
        }
    }
}
