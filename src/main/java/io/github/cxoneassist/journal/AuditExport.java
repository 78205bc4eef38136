package io.github.cxoneassist.journal;

import java.io.BufferedWriter;
import java.io.File;
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
 * <p>Both files have their names only when they are whole and on disk. Rows that are not as they were written are not
 * exported: a manifest must not cover up for whoever changed them.
 */
public final class AuditExport {

    /** Rows of one node, from a number to a number. */
    record Span(String node, long first, long last) {}

    private final JdbcAuditSource source;
    private final AuditVerifier verifier;
    private final SigningKey signingKey;
    private final Clock clock;

    /**
     * @param verifier checks the rows, before they are written
     * @param signingKey signs the manifest; null for none
     */
    public AuditExport(JdbcAuditSource source, AuditVerifier verifier, SigningKey signingKey, Clock clock) {
        this.source = source;
        this.verifier = verifier;
        this.signingKey = signingKey;
        this.clock = clock;
    }

    /**
     * Writes what all nodes wrote from a time, and before another.
     *
     * @param from null for no limit
     * @param to null for no limit
     * @param progress gets the number of rows so far, every thousand: each is read once to verify it, and once to write it
     * @throws IllegalArgumentException where there is such a file already, or a folder is missing
     * @throws AuditRefusedException with the first row that is not as it was written
     */
    public ExportManifest write(Instant from, Instant to, Path file, ExportFormat format, LongConsumer progress) {
        // what is written from here on need not be in it
        Instant now = clock.instant();
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
        return write(now, spans, since, until, file, format, progress);
    }

    /** @param before as a limit of the time: the rows are from the beginning of the log */
    ExportManifest archive(Span span, Instant before, Path file, ExportFormat format, LongConsumer progress) {
        return write(clock.instant(), List.of(span), null, JournalRow.atText(before), file, format, progress);
    }

    private ExportManifest write(
            Instant now,
            List<Span> spans,
            String from,
            String to,
            Path file,
            ExportFormat format,
            LongConsumer progress) {
        Path manifestFile = ExportManifest.beside(file);
        for (Path each : List.of(file, manifestFile)) {
            if (Files.exists(each)) {
                throw new IllegalArgumentException(each + " exists already: nothing is overwritten");
            }
        }
        long verified = verify(spans, from == null, to == null, progress);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            List<ExportManifest.Part> parts = new ArrayList<>();
            String sha256 = writeRows(spans, unfinished, format, parts, rows -> progress.accept(verified + rows));
            ExportManifest manifest = new ExportManifest(
                            file.getFileName().toString(),
                            sha256,
                            format,
                            from,
                            to,
                            JournalRow.atText(now),
                            parts,
                            null,
                            null)
                    .signedBy(signingKey);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            writeWhole(manifestFile, manifest.toJson() + "\n");
            keepNames(file.toAbsolutePath().getParent());
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("the export " + file + " could not be written: " + e, e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    /** @return how many rows that were */
    private long verify(List<Span> spans, boolean fromTheStart, boolean toTheEnd, LongConsumer progress) {
        PartOfLog part = fromTheStart && toTheEnd
                ? PartOfLog.whole(source)
                : PartOfLog.around(spans, fromTheStart, !verifier.chainKeys().isEmpty(), source);
        AuditReport report = verifier.verify(part, progress);
        report.first().ifPresent(bad -> {
            throw refused("row " + bad.seq() + " of node " + bad.node() + " (" + bad + ")");
        });
        return report.nodes().stream().mapToLong(AuditReport.Node::rows).sum();
    }

    private static AuditRefusedException refused(String firstBad) {
        return new AuditRefusedException(
                "nothing was exported: the log is not as it was written. First bad row: " + firstBad);
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

    private ExportManifest.Part part(Span span, ExportFormat.Rows out, Runnable eachRow) {
        String before = source.row(span.node(), span.first())
                .map(JournalRow::prevHash)
                .orElseThrow(() -> refused(span.first() + " of node " + span.node() + ", which went away meanwhile"));
        // once more, and these very rows: they were verified a while ago
        Verification verification = ChainVerifier.verify(
                written(source.rows(span.node(), span.first(), span.last()), out, eachRow),
                new ChainHead(span.first() - 1, before, Instant.EPOCH),
                verifier.chainKeys());
        if (verification instanceof Verification.Broken broken) {
            throw refused("row " + broken.seq() + " of node " + span.node() + " (" + broken.what() + ")");
        }
        Verification.Intact intact = (Verification.Intact) verification;
        List<Checkpoint> checkpoints = new ArrayList<>();
        source.checkpoints(span.node(), span.first() - 1, intact.head().seq()).forEachRemaining(checkpoints::add);
        return new ExportManifest.Part(
                span.node(),
                new AuditRange(
                        span.first(), before, intact.head().seq(), intact.head().hash()),
                intact.rows(),
                checkpoints);
    }

    private static Iterator<JournalRow> written(Iterator<JournalRow> rows, ExportFormat.Rows out, Runnable eachRow) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public JournalRow next() {
                JournalRow row = rows.next();
                try {
                    out.add(row);
                } catch (IOException e) {
                    throw new UncheckedIOException("the export could not be written: " + e, e);
                }
                eachRow.run();
                return row;
            }
        };
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

    /** A file that is on disk is lost all the same if its name is not: rows may be removed because it is there. */
    private static void keepNames(Path folder) throws IOException {
        // Windows opens no folder, and needs none to be
        if (File.separatorChar == '/') {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // its name says that it is unfinished
        }
    }
}
