package dev.starling.driver.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Records of a CSV file: a line each, or with {@code multiline} as many lines as it takes to close a quote. Blank lines between records are skipped. */
final class RecordReader implements AutoCloseable {
    private final LineReader lines;
    private final boolean multiline;
    private final byte quote;
    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private long line;

    RecordReader(LineReader lines, boolean multiline, char quote) {
        this.lines = lines;
        this.multiline = multiline;
        this.quote = (byte) quote;
    }

    /** Goes to the next record; false at the end of the file. */
    boolean next() throws IOException {
        do {
            if (!lines.next()) {
                return false;
            }
        } while (lines.isBlank());
        line = lines.number();
        bytes = lines.bytes();
        start = lines.start();
        end = lines.end();
        if (multiline && hasOpenQuote(bytes, start, end)) {
            join();
        }
        return true;
    }

    /** Skips records; false if there are not as many. */
    boolean skip(long records) throws IOException {
        for (long i = 0; i < records; i++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    private void join() throws IOException {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, start, end - start);
        boolean open = true;
        while (open && lines.next()) {
            joined.write('\n');
            joined.write(lines.bytes(), lines.start(), lines.end() - lines.start());
            open ^= hasOpenQuote(lines.bytes(), lines.start(), lines.end());
        }
        bytes = joined.toByteArray();
        start = 0;
        end = bytes.length;
    }

    /** A doubled quote inside quotes counts twice, so parity tells. */
    private boolean hasOpenQuote(byte[] text, int from, int to) {
        boolean open = false;
        for (int i = from; i < to; i++) {
            open ^= text[i] == quote;
        }
        return open;
    }

    /** Holds the record from {@link #start} to before {@link #end}; valid until the next record. */
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Number of the record's first line, from 1. */
    long line() {
        return line;
    }

    /** Lines read so far. */
    long linesRead() {
        return lines.number();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
