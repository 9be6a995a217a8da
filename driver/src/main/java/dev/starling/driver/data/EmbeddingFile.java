package dev.starling.driver.data;

import dev.starling.worker.Nearest;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Target;
import dev.starling.worker.network.Loss;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;

/** Reads an {@link EmbeddingSpec}'s file: small, and by the driver. */
final class EmbeddingFile {
    static final Target.Classes NONE = new Target.Classes(List.of());

    private final String name;
    private final boolean shares;
    private final Problems problems;
    private final Map<String, List<Double>> points = new TreeMap<>();
    /** Where each point was first seen. */
    private final Map<List<Double>, Long> lines = new HashMap<>();

    private List<String> columns = List.of();

    /** @param shares whether points are asked for by a cross-entropy */
    private EmbeddingFile(String name, boolean shares, Problems problems) {
        this.name = name;
        this.shares = shares;
        this.problems = problems;
    }

    /** All classes that the data's file has, in their order, with their points; none where there is no file, or it cannot be read and problems are added. */
    static Target.Classes read(
            DataSpec data, Loss loss, FileListing listing, Configuration configuration, Problems problems) {
        if (data.classEmbeddings().isEmpty()) {
            return NONE;
        }
        EmbeddingSpec spec = data.classEmbeddings().get();
        if (!(data.targetScale() instanceof Scale.None)) {
            problems.add(
                    "Cannot use data.targetScale beside data.classEmbeddings (expected none: points are as the file"
                            + " has them)");
        }
        List<DataFile> files = listing.list(spec.path(), problems);
        if (files.size() != 1) {
            if (files.size() > 1) {
                problems.add("Cannot read " + spec.path() + ": it is " + files.size() + " files (expected one)");
            }
            return NONE;
        }
        DataFile file = files.get(0);
        EmbeddingFile reading = new EmbeddingFile(file.name(), loss == Loss.BINARY_CROSSENTROPY, problems);
        try (Reader text = new InputStreamReader(file.open(configuration), StandardCharsets.UTF_8);
                CSVParser records = CSVFormat.DEFAULT.parse(text)) {
            for (CSVRecord record : records) {
                reading.take(record, records.getCurrentLineNumber());
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add("Cannot read " + file.name() + ": " + e.getMessage() + " (expected a CSV file)");
        }
        return reading.classes(spec);
    }

    private Target.Classes classes(EmbeddingSpec spec) {
        if (problems.isEmpty() && points.size() < 2) {
            problems.add("Cannot use " + name + ": it has " + points.size()
                    + " classes (expected at least two, each on a line: the class, then its numbers)");
        }
        List<String> names = Scan.sorted(points.keySet());
        for (String unseen : spec.unseen()) {
            if (!points.containsKey(unseen) && !points.isEmpty()) {
                problems.add("Cannot use data.classEmbeddings.unseen: " + unseen + " (expected a class of " + name
                        + ", such as " + Nearest.of(unseen, names) + ")");
            }
        }
        return new Target.Classes(names, names.stream().map(points::get).toList());
    }

    private void take(CSVRecord record, long line) {
        List<String> values = record.toList();
        if (columns.isEmpty()) {
            columns = values;
            if (columns.size() < 2) {
                problem(line, columns.size() + " column", "the class, then the numbers of its point");
            }
            return;
        }
        if (values.size() != columns.size()) {
            problem(line, values.size() + " values", columns.size() + ", as in line 1");
            return;
        }
        List<Double> point = new ArrayList<>();
        for (int i = 1; i < values.size(); i++) {
            byte[] text = values.get(i).strip().getBytes(StandardCharsets.UTF_8);
            double value = Decimal.parse(text, 0, text.length);
            if (!Float.isFinite((float) value) || (shares && (value < 0 || value > 1))) {
                String expected = shares ? "a number from 0 to 1, beside binaryCrossentropy" : "a number";
                problem(line, "column '" + columns.get(i) + "' is '" + values.get(i) + "'", expected);
                return;
            }
            point.add(value);
        }
        String known = values.get(0);
        if (points.putIfAbsent(known, List.copyOf(point)) != null) {
            problem(line, "class '" + known + "' again", "each class once");
        } else if (lines.putIfAbsent(List.copyOf(point), line) != null) {
            problem(
                    line,
                    "the numbers of line " + lines.get(point),
                    "another point, since the nearest tells the class");
        }
    }

    private void problem(long line, String found, String expected) {
        problems.add("Cannot use " + name + ":" + line + ": " + found + " (expected " + expected + ")");
    }
}
