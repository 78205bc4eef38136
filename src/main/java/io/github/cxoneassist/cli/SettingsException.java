package io.github.cxoneassist.cli;

import java.util.List;

/** Settings with which the application does not start; the message names each and says how to set it. */
final class SettingsException extends RuntimeException {

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
