package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.util.Iterator;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** Rows of a file with comma-separated values, in columns named as those of the table. */
final class CsvRows extends ExportedRows {
    /** Whatever is a text stands in quotes, so that an empty one is not taken for null. */
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setQuoteMode(QuoteMode.ALL_NON_NULL)
            .setIgnoreEmptyLines(false)
            .get();

    private final Reader in;
    private Iterator<CSVRecord> records;
    private boolean ended;

    CsvRows(Reader in, String node, Set<String> nodes) {
        super(node, nodes);
        this.in = in;
    }

    static ExportFormat.Rows writer(Writer out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        printer.printRecord(RowColumns.NAMES);
        // the number as a text too, so that it stands in quotes as all the others do
        return row -> printer.printRecord(RowColumns.values(row).stream()
                .map(value -> value == null ? null : value.toString())
                .toList());
    }

    @Override
    JournalRow read() throws IOException {
        if (ended) {
            return null;
        }
        try {
            if (records == null) {
                records = CSVParser.parse(in, FORMAT).iterator();
                if (!records.hasNext() || !records.next().toList().equals(RowColumns.NAMES)) {
                    throw damaged("the header is not the one of an export");
                }
            }
            ended = !records.hasNext();
            return ended ? null : row(records.next());
        } catch (UncheckedIOException | IllegalStateException e) {
            // what follows a wrong quote is anything
            ended = true;
            throw damaged("from here on it is not comma-separated values");
        }
    }

    private static JournalRow row(CSVRecord values) {
        if (values.size() != RowColumns.NAMES.size()) {
            throw damaged("it has " + values.size() + " values");
        }
        try {
            JournalRow row = new JournalRow(
                    values.get(0),
                    Long.parseLong(values.get(1)),
                    JournalRow.parseAt(values.get(2)),
                    values.get(3),
                    values.get(4),
                    values.get(5),
                    values.get(6),
                    values.get(7),
                    values.get(8),
                    values.get(9),
                    values.get(10));
            if (row.node() != null && String.valueOf(row.seq()).equals(values.get(1))) {
                return row;
            }
        } catch (NumberFormatException | DateTimeException e) {
            // told below
        } catch (NullPointerException e) {
            // a value that no row is without
        }
        throw damaged("its values are not those of a row");
    }
}
