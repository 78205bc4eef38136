package io.github.cxoneassist.journal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Writes rows of the audit log into a file, and beside it a manifest with which the file can be checked by somebody who has
 * nothing else. Streams: a row at a time, and the checkpoints of the range. Texts of suggestions are not in it.
 *
 * <p>Both files have their names only when they are whole and on disk. The log is taken as it is, tampered with or not: what
 * is wrong with it is wrong with the export, and the {@link ExportVerifier} finds it in there.
 */
public final class AuditExport {

    /** Rows of one node, from a number to a number. */
    record Span(String node, long first, long last) {}

    private final JdbcAuditSource source;
    private final SigningKey signingKey;
    private final Clock clock;

    /** @param signingKey signs the manifest; null for none */
    public AuditExport(JdbcAuditSource source, SigningKey signingKey, Clock clock) {
        this.source = source;
        this.signingKey = signingKey;
        this.clock = clock;
    }

    /**
     * Writes what all nodes wrote from a time, and before another.
     *
     * @param from null for no limit
     * @param to null for no limit
     * @param progress gets the number of rows so far, every thousand
     * @throws IllegalArgumentException where there is such a file already, or a folder is missing
     * @throws DamagedRowException where a row cannot be read at all
     */
    public ExportManifest write(Instant from, Instant to, Path file, ExportFormat format, LongConsumer progress) {
        String since = from == null ? null : JournalRow.atText(from);
        String until = to == null ? null : JournalRow.atText(to);
        List<Span> spans = new ArrayList<>();
        for (String node : source.nodes()) {
            long first = since == null ? source.firstSeq(node) : source.firstFrom(node, since);
            long last = until == null ? source.lastSeq(node) : source.firstFrom(node, until) - 1;
            if (first > 0 && first <= last) {
                spans.add(new Span(node, first, last));
            }
        }
        return write(spans, since, until, file, format, progress);
    }

    ExportManifest write(
            List<Span> spans, String from, String to, Path file, ExportFormat format, LongConsumer progress) {
        Path manifestFile = ExportManifest.beside(file);
        for (Path each : List.of(file, manifestFile)) {
            if (Files.exists(each)) {
                throw new IllegalArgumentException(each + " exists already: nothing is overwritten");
            }
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            List<ExportManifest.Part> parts = new ArrayList<>();
            String sha256 = writeRows(spans, unfinished, format, parts, progress);
            ExportManifest manifest = new ExportManifest(
                            file.getFileName().toString(),
                            sha256,
                            format,
                            from,
                            to,
                            JournalRow.atText(clock.instant()),
                            parts,
                            null,
                            null)
                    .signedBy(signingKey);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            writeWhole(manifestFile, manifest.toJson() + "\n");
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the export " + file + " could not be written: " + e, e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    private String writeRows(
            List<Span> spans, Path file, ExportFormat format, List<ExportManifest.Part> parts, LongConsumer progress)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream bytes = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
            ExportFormat.Rows rows = format.writer(out);
            long[] written = {0};
            for (Span span : spans) {
                parts.add(part(span, rows, () -> {
                    written[0]++;
                    if (written[0] % 1_000 == 0) {
                        progress.accept(written[0]);
                    }
                }));
            }
            progress.accept(written[0]);
            out.flush();
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private ExportManifest.Part part(Span span, ExportFormat.Rows out, Runnable eachRow) throws IOException {
        Iterator<JournalRow> rows = source.rows(span.node(), span.first(), span.last());
        JournalRow first = null;
        JournalRow last = null;
        long number = 0;
        while (rows.hasNext()) {
            last = rows.next();
            first = first == null ? last : first;
            out.add(last);
            number++;
            eachRow.run();
        }
        if (first == null) {
            throw new JournalException("the rows of node " + span.node() + " went away while they were exported");
        }
        List<Checkpoint> checkpoints = new ArrayList<>();
        source.checkpoints(span.node(), first.seq() - 1, last.seq()).forEachRemaining(checkpoints::add);
        return new ExportManifest.Part(
                span.node(),
                new AuditRange(first.seq(), first.prevHash(), last.seq(), last.hash()),
                number,
                checkpoints);
    }

    private static void writeWhole(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            OutputStream out = Channels.newOutputStream(channel);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // its name says that it is unfinished
        }
    }
}
