package dev.starling.driver.data;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What the first line of a CSV source's first file says.
 *
 * @param file as messages show it
 * @param columns their names, at least one; numbers from 0 without a header
 */
record FirstLine(String file, List<String> columns) {
    FirstLine {
        columns = List.copyOf(columns);
    }

    /**
     * Reads it; empty, and problems added, where there is none.
     *
     * @throws InvalidInput if the file cannot be read
     */
    static Optional<FirstLine> of(
            SourceSpec.Csv source, FileListing listing, Configuration configuration, Problems problems) {
        int before = problems.found().size();
        CsvHeader.checkFormat(source, problems);
        List<DataFile> files = listing.list(source.path(), problems);
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        DataFile file = files.get(0);
        try (LineReader lines = new LineReader(file.open(configuration), 0, 0);
                RecordReader records = new RecordReader(lines, source.multiline(), source.quote())) {
            if (!records.next()) {
                problems.add("Cannot read " + file.name() + ": it is empty (expected rows)");
                return Optional.empty();
            }
            List<String> names = CsvHeader.names(source, file.name(), records.text(), problems);
            return names.isEmpty() ? Optional.empty() : Optional.of(new FirstLine(file.name(), names));
        } catch (IOException e) {
            throw new InvalidInput("Cannot read " + file.name() + ": " + e.getMessage());
        }
    }
}
