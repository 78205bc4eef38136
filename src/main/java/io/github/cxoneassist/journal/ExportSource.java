package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of an export, read from its file each time anew; checkpoints are those of its manifest. Has no texts. */
final class ExportSource implements AuditSource, AutoCloseable {
    private final Path file;
    private final ExportManifest manifest;
    private final List<Reader> opened = new ArrayList<>();

    ExportSource(Path file, ExportManifest manifest) {
        this.file = file;
        this.manifest = manifest;
    }

    @Override
    public Set<String> nodes() {
        return manifest.parts().stream().map(ExportManifest.Part::node).collect(Collectors.toSet());
    }

    @Override
    public Iterator<JournalRow> rows(String node) {
        try {
            // not a reader that gives up on what is no UTF-8: that is for the verifier to say, with the row
            Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
            opened.add(in);
            return manifest.format().read(in, node, nodes());
        } catch (IOException e) {
            throw new UncheckedIOException("the export " + file + " cannot be read: " + e, e);
        }
    }

    @Override
    public Iterator<Checkpoint> checkpoints(String node) {
        return part(node).map(part -> part.checkpoints().iterator()).orElse(Collections.emptyIterator());
    }

    @Override
    public Iterator<SuggestionText> texts(String node) {
        return Collections.emptyIterator();
    }

    @Override
    public Optional<AuditRange> range(String node) {
        return part(node).map(ExportManifest.Part::range);
    }

    @Override
    public boolean whole() {
        return false;
    }

    /** One with a limit may have none of the rows that say what was archived before it. */
    @Override
    public boolean fromTheStart() {
        return manifest.isUnlimited();
    }

    @Override
    public Optional<String> completeUntil() {
        return manifest.isUnlimited() ? Optional.of(manifest.completeUntil()) : Optional.empty();
    }

    private Optional<ExportManifest.Part> part(String node) {
        return manifest.parts().stream()
                .filter(part -> part.node().equals(node))
                .findFirst();
    }

    @Override
    public void close() {
        for (Reader in : opened) {
            try {
                in.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
