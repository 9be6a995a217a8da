package dev.starling.driver.data;

import dev.starling.worker.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the beginning of a CSV file says: its columns. */
final class CsvHeader {
    private CsvHeader() {}

    /** Adds a problem for a delimiter or a quote that cannot be one. */
    static void checkFormat(SourceSpec.Csv spec, Problems problems) {
        String delimiter = spec.delimiter();
        boolean oneCharacter = delimiter.length() == 1 && delimiter.charAt(0) < 128;
        if (!oneCharacter && !delimiter.equals(FieldReader.WHITESPACE)) {
            problems.add("Cannot read " + spec.path() + ": the delimiter is '" + delimiter
                    + "' (expected one ASCII character, or whitespace)");
        }
        if (spec.quote() >= 128 || delimiter.equals(String.valueOf(spec.quote()))) {
            problems.add("Cannot read " + spec.path() + ": the quote is '" + spec.quote()
                    + "' (expected an ASCII character that is not the delimiter)");
        }
    }

    /**
     * Names of the columns by a file's first record: what it holds, or without a header numbers from 0. Empty, and a problem added, where it cannot be read.
     *
     * @param spec with a delimiter and a quote that were checked
     */
    static List<String> names(SourceSpec.Csv spec, String file, String firstRecord, Problems problems) {
        byte[] bytes = firstRecord.getBytes(StandardCharsets.UTF_8);
        FieldReader fields = new FieldReader(spec.delimiter(), spec.quote());
        try {
            fields.read(bytes, 0, bytes.length);
        } catch (IOException e) {
            problems.add("Cannot read " + file + ": the first line: " + e.getMessage()
                    + " (expected quotes that open and close a field)");
            return List.of();
        }
        List<String> names = fields.texts();
        for (int i = 0; i < names.size() && !spec.header(); i++) {
            names.set(i, String.valueOf(i));
        }
        return names;
    }
}
