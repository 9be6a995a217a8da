package dev.starling.driver.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Splits a record into fields, as slices of bytes without the blanks around them. Records without a quote character are split in place; the others are
 * read by commons-csv, or, where runs of blanks separate, by a reader of quoted words. Not thread-safe.
 */
final class FieldReader {
    static final String WHITESPACE = "whitespace";

    private final boolean whitespace;
    private final byte delimiter;
    private final byte quote;
    private final CSVFormat format;
    private byte[] bytes = new byte[0];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    /**
     * For files of one format.
     *
     * @param delimiter one ASCII character, or {@link #WHITESPACE}
     * @param quote an ASCII character
     */
    FieldReader(String delimiter, char quote) {
        this.whitespace = delimiter.equals(WHITESPACE);
        this.delimiter = (byte) (whitespace ? ' ' : delimiter.charAt(0));
        this.quote = (byte) quote;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter((char) this.delimiter)
                .setQuote(quote)
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(false)
                .build();
    }

    /** Splits a record; the slices are valid until the next one. Throws with the reason if its quotes cannot be understood. */
    void read(byte[] record, int start, int end) throws IOException {
        count = 0;
        bytes = record;
        int from = start;
        for (int at = start; at < end; at++) {
            byte b = record[at];
            if (b == quote) {
                readQuoted(new String(record, start, end - start, StandardCharsets.UTF_8));
                return;
            }
            if (b == delimiter || (whitespace && b == '\t')) {
                add(from, at);
                from = at + 1;
            }
        }
        add(from, end);
    }

    private void add(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (!whitespace || end > start) {
            put(start, end);
        }
    }

    private void put(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private void readQuoted(String record) throws IOException {
        List<String> fields = whitespace ? quotedWords(record) : quotedFields(record);
        count = 0;
        bytes = String.join("", fields).getBytes(StandardCharsets.UTF_8);
        int at = 0;
        for (String field : fields) {
            int length = field.getBytes(StandardCharsets.UTF_8).length;
            put(at, at + length);
            at += length;
        }
    }

    private List<String> quotedFields(String record) throws IOException {
        try (CSVParser parser = CSVParser.parse(record, format)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw new IOException("it holds " + records.size() + " records (expected one)");
            }
            return records.get(0).toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Words between blanks; one that begins with a quote ends with the next that is not doubled. */
    private List<String> quotedWords(String record) throws IOException {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < record.length()) {
            if (record.charAt(at) == ' ' || record.charAt(at) == '\t') {
                at++;
                continue;
            }
            boolean quoted = record.charAt(at) == quote;
            StringBuilder word = new StringBuilder();
            int from = quoted ? at + 1 : at;
            int end = quoted ? endOfQuoted(record, from, word) : endOfWord(record, from, word);
            words.add(word.toString());
            at = end;
        }
        return words;
    }

    private static int endOfWord(String record, int from, StringBuilder word) {
        int at = from;
        while (at < record.length() && record.charAt(at) != ' ' && record.charAt(at) != '\t') {
            word.append(record.charAt(at++));
        }
        return at;
    }

    private int endOfQuoted(String record, int from, StringBuilder word) throws IOException {
        for (int at = from; at < record.length(); at++) {
            if (record.charAt(at) != quote) {
                word.append(record.charAt(at));
            } else if (at + 1 < record.length() && record.charAt(at + 1) == quote) {
                word.append(record.charAt(at++));
            } else {
                return at + 1;
            }
        }
        throw new IOException("a quote is not closed");
    }

    int count() {
        return count;
    }

    /** The field as text. */
    String text(int field) {
        return new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    }

    /** The field as a finite number, or NaN. */
    double number(int field) {
        return Decimal.parse(bytes, starts[field], ends[field]);
    }

    boolean is(int field, byte[] text) {
        return Arrays.equals(bytes, starts[field], ends[field], text, 0, text.length);
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }
}
