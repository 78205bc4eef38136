package io.github.cxoneassist.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;

/** Rows of a file with a line of JSON each. */
final class JsonLines extends ExportedRows {
    private final BufferedReader in;

    JsonLines(Reader in, String node, Set<String> nodes) {
        super(node, nodes);
        this.in = new BufferedReader(in);
    }

    @Override
    JournalRow read() throws IOException {
        String line = in.readLine();
        return line == null ? null : RowLine.parse(line);
    }
}
