package io.github.cxoneassist.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Where the rows went that are no longer in a database, as its operators' chains tell it. */
public final class Archives {
    private Archives() {}

    /** What is said, believed or not: it tells where to look, and proves nothing. */
    public static List<AuditReport.Archive> of(AuditSource source) {
        List<AuditReport.Archive> archives = new ArrayList<>();
        for (String node : source.nodes()) {
            if (node.endsWith(AuditVerifier.OPERATOR)) {
                Iterator<JournalRow> rows = source.rows(node);
                while (rows.hasNext()) {
                    read(rows).flatMap(Archived::read).ifPresent(archives::add);
                }
            }
        }
        return archives;
    }

    /**
     * Whether an archive, whose manifest is beside it, has a row of a suggestion.
     *
     * @param interactionId null for whichever
     */
    public static boolean has(Path file, String suggestionId, String interactionId) {
        try (ExportSource source = new ExportSource(file, ExportManifest.read(ExportManifest.beside(file)))) {
            for (String node : source.nodes()) {
                Iterator<JournalRow> rows = source.rows(node);
                while (rows.hasNext()) {
                    boolean asked = read(rows)
                            .filter(row -> suggestionId.equals(row.suggestionId()))
                            .filter(row -> interactionId == null || interactionId.equals(row.interactionId()))
                            .isPresent();
                    if (asked) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static Optional<JournalRow> read(Iterator<JournalRow> rows) {
        try {
            return Optional.of(rows.next());
        } catch (DamagedRowException e) {
            // for a verification to say
            return Optional.empty();
        }
    }
}
