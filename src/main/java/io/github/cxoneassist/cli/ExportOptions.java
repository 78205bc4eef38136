package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.ExportFormat;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Into which file rows go, and how they are written there. */
final class ExportOptions {

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description = "jsonl or csv; ${DEFAULT-VALUE} unless given.")
    private ExportFormat format;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file; nothing is overwritten.")
    private Path file;

    ExportFormat format() {
        return format;
    }

    Path file() {
        return file;
    }
}
