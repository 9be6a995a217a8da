package dev.starling.driver.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** Counts the records and lines of ranges of CSV files, so that blocks can be found without reading from the beginning. */
final class CsvIndex {
    /** Bytes per range: what a task skips at most. */
    static final long RANGE = 16L << 20;

    private CsvIndex() {}

    /**
     * A run of bytes of one file; its lines are those that begin in it. A file that has to be streamed is one range.
     *
     * @param file number of the file in its listing
     */
    record Range(int file, long start, long end) implements Serializable {}

    /**
     * What a range holds.
     *
     * @param firstRecord the first record of the file, where the range begins it; else empty
     * @param problem why it could not be read; else empty
     */
    record Count(Range range, long records, long lines, String firstRecord, String problem) {
        /** For the way through Spark: arrays alone. */
        Object[] toArray() {
            return new Object[] {
                new long[] {range.file(), range.start(), range.end(), records, lines}, firstRecord, problem
            };
        }

        static Count of(Object[] array) {
            long[] numbers = (long[]) array[0];
            Range range = new Range((int) numbers[0], numbers[1], numbers[2]);
            return new Count(range, numbers[3], numbers[4], (String) array[1], (String) array[2]);
        }
    }

    static Count count(Range range, DataFile file, SourceSpec.Csv spec, Configuration configuration) {
        try {
            return spec.multiline()
                    ? countJoined(range, file, spec, configuration)
                    : countLines(range, file, configuration);
        } catch (EOFException e) {
            String problem =
                    "Cannot read " + file.name() + ": it is truncated (expected the end of its compressed data)";
            return new Count(range, 0, 0, "", problem);
        } catch (IOException e) {
            return new Count(range, 0, 0, "", "Cannot read " + file.name() + ": " + e.getMessage());
        }
    }

    private static Count countLines(Range range, DataFile file, Configuration configuration) throws IOException {
        long records = 0;
        long count = 0;
        String first = "";
        try (LineReader lines = openLines(range.start(), 0, file, configuration)) {
            while (lines.nextOffset() < range.end() && lines.next()) {
                count++;
                if (!lines.isBlank()) {
                    if (records++ == 0 && range.start() == 0) {
                        first = new String(
                                lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
                    }
                }
            }
        }
        return new Count(range, records, count, first, "");
    }

    private static Count countJoined(Range range, DataFile file, SourceSpec.Csv spec, Configuration configuration)
            throws IOException {
        long count = 0;
        String first = "";
        LineReader lines = new LineReader(file.open(configuration), 0, 0);
        try (RecordReader records = new RecordReader(lines, true, spec.quote())) {
            while (records.next()) {
                if (count++ == 0) {
                    first = records.text();
                }
            }
            return new Count(range, count, records.linesRead(), first, "");
        }
    }

    /**
     * Lines that begin at or after an offset.
     *
     * @param linesBefore number of lines that begin before it
     */
    static LineReader openLines(long offset, long linesBefore, DataFile file, Configuration configuration)
            throws IOException {
        if (offset == 0) {
            return new LineReader(file.open(configuration), 0, 0);
        }
        // The line that holds the byte before the offset began before it: it counts as one of those before.
        LineReader lines = new LineReader(file.openAt(offset - 1, configuration), offset - 1, linesBefore - 1);
        try {
            lines.next();
            return lines;
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }
}
