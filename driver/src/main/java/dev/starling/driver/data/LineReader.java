package dev.starling.driver.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of a stream as slices of its own buffer: no object per line, and where each begins. A line ends with LF or CR LF; a byte order mark at the
 * beginning of the file is left out. Not thread-safe.
 */
final class LineReader implements AutoCloseable {
    private static final int BUFFER = 1 << 17;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    /** Offset in the file of the buffer's first byte. */
    private long base;

    private int limit;
    private int unread;
    private int start;
    private int end;
    private long number;

    /**
     * Reads on from where a stream stands.
     *
     * @param offset where in the (decompressed) file that is
     * @param linesBefore lines that end before it
     */
    LineReader(InputStream in, long offset, long linesBefore) {
        this.in = in;
        this.base = offset;
        this.number = linesBefore;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() throws IOException {
        int scan = unread;
        while (true) {
            while (scan < limit && buffer[scan] != '\n') {
                scan++;
            }
            if (scan < limit) {
                begin(scan, scan + 1);
                return true;
            }
            int pending = limit - unread;
            if (!fill()) {
                if (pending == 0) {
                    return false;
                }
                begin(limit, limit);
                return true;
            }
            scan = pending;
        }
    }

    private void begin(int lineEnd, int nextLine) {
        start = unread;
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (base + start == 0 && end >= 3 && isByteOrderMark()) {
            start = 3;
        }
        unread = nextLine;
        number++;
    }

    private boolean isByteOrderMark() {
        return buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF;
    }

    /** Moves what is unread to the front and reads more behind it; false at the end of the stream. */
    private boolean fill() throws IOException {
        int pending = limit - unread;
        if (unread > 0) {
            System.arraycopy(buffer, unread, buffer, 0, pending);
            base += unread;
            unread = 0;
            limit = pending;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, buffer.length));
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    /** Holds the line from {@link #start} to before {@link #end}; valid until the next line. */
    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Number of the line in its file, from 1. */
    long number() {
        return number;
    }

    /** Where in the file the next line begins. */
    long nextOffset() {
        return base + unread;
    }

    /** Whether the line holds nothing but blanks and tabs. */
    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
