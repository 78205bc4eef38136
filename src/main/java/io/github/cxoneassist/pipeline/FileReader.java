package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.suggestion.SuggestionReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file as a stream of suggestions, for the {@code split} of the file route: never the whole file in memory. */
public final class FileReader {

    private static final Logger LOG = LoggerFactory.getLogger(FileReader.class);

    /** Opens the file; {@code .json} is one object or one array, anything else a suggestion a line. */
    public Iterator<SuggestionReader.Item> suggestions(@Header(Exchange.FILE_PATH) String path) throws IOException {
        Path file = Path.of(path);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // to open a pipe that nobody writes to would hold the thread of the whole folder for ever
            throw new IOException(path + " is no file");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        SuggestionReader reader = path.endsWith(".json")
                ? SuggestionReader.json(in, ValidateStep.MAX_BYTES)
                : SuggestionReader.ndjson(in, ValidateStep.MAX_BYTES);
        if (!reader.hasNext()) {
            LOG.warn("{}: no suggestion in this file", file.getFileName());
        }
        return new OpenFile(in, reader);
    }

    /** Camel's splitter closes an iterator that is {@link Closeable}, on success and on failure. */
    private record OpenFile(InputStream in, SuggestionReader reader)
            implements Iterator<SuggestionReader.Item>, Closeable {

        @Override
        public boolean hasNext() {
            return reader.hasNext();
        }

        @Override
        public SuggestionReader.Item next() {
            return reader.next();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
