package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How the rows of an export are written. Both keep every character of a row, so that its hash can be made again. */
public enum ExportFormat {
    /** A line of JSON a row, each the leaf of its checkpoint's tree, byte for byte. */
    JSONL {
        @Override
        Rows writer(Writer out) {
            return row -> out.append(RowLine.of(row)).append('\n');
        }

        @Override
        Iterator<JournalRow> read(Reader in, String node, Set<String> nodes) {
            return new JsonLines(in, node, nodes);
        }
    },
    /** Comma-separated values as RFC 4180 has them, with a header; nothing between two commas is null. */
    CSV {
        @Override
        Rows writer(Writer out) throws IOException {
            return CsvRows.writer(out);
        }

        @Override
        Iterator<JournalRow> read(Reader in, String node, Set<String> nodes) {
            return new CsvRows(in, node, nodes);
        }
    };

    /** Takes rows one after the other. */
    interface Rows {
        void add(JournalRow row) throws IOException;
    }

    abstract Rows writer(Writer out) throws IOException;

    /**
     * The rows of a node in their order. {@code next()} throws a {@link DamagedRowException} for what cannot be read as a
     * row, where it stands among those of the node, and goes on behind it where that is possible.
     *
     * @param nodes all that the file may have rows of
     */
    abstract Iterator<JournalRow> read(Reader in, String node, Set<String> nodes);

    /** The name in options and manifests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ExportFormat> of(String wireName) {
        for (ExportFormat format : values()) {
            if (format.wireName().equals(wireName)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
