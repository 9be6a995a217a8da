package dev.starling.driver.data;

import dev.starling.driver.data.CsvIndex.Count;
import dev.starling.driver.data.CsvIndex.Range;
import dev.starling.driver.data.CsvPlan.CountedFile;
import dev.starling.driver.data.CsvPlan.Mark;
import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** Opens CSV sources: lists the files, counts their records in parallel, finds the columns. */
final class CsvSource {
    private final JavaSparkContext spark;
    private final FileListing listing;
    private final Problems problems;

    CsvSource(JavaSparkContext spark, FileListing listing, Problems problems) {
        this.spark = spark;
        this.listing = listing;
        this.problems = problems;
    }

    /** The opened source; empty, and problems added, where that cannot be. */
    Optional<CsvPlan> open(SourceSpec.Csv spec, TargetKind kind) {
        int before = problems.found().size();
        CsvHeader.checkFormat(spec, problems);
        List<DataFile> files = listing.list(spec.path(), problems);
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        List<Count> counts = count(spec, files);
        counts.stream().map(Count::problem).filter(text -> !text.isEmpty()).forEach(problems::add);
        if (problems.found().size() > before) {
            return Optional.empty();
        }
        List<Count> beginnings =
                counts.stream().filter(count -> !count.firstRecord().isEmpty()).toList();
        if (beginnings.isEmpty()) {
            problems.add("Cannot read " + spec.path() + ": it is empty (expected rows"
                    + (spec.header() ? " below a header)" : ")"));
            return Optional.empty();
        }
        return resolve(spec, kind, files, beginnings).flatMap(columns -> plan(spec, columns, files, counts));
    }

    private List<Count> count(SourceSpec.Csv spec, List<DataFile> files) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            DataFile file = files.get(i);
            if (file.compressed() || spec.multiline()) {
                ranges.add(new Range(i, 0, Long.MAX_VALUE));
                continue;
            }
            for (long at = 0; at < file.length(); at += CsvIndex.RANGE) {
                ranges.add(new Range(i, at, Math.min(at + CsvIndex.RANGE, file.length())));
            }
        }
        long bytes = files.stream().mapToLong(DataFile::length).sum();
        if (bytes <= CsvIndex.RANGE / 4) {
            // A Spark job would take longer.
            return ranges.stream()
                    .map(range -> CsvIndex.count(range, files.get(range.file()), spec, spark.hadoopConfiguration()))
                    .toList();
        }
        return countInParallel(spark, spec, files, ranges);
    }

    private static List<Count> countInParallel(
            JavaSparkContext spark, SourceSpec.Csv spec, List<DataFile> files, List<Range> ranges) {
        SerializableConfiguration configuration = new SerializableConfiguration(spark.hadoopConfiguration());
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            numbers.add(i);
        }
        return spark
                .parallelize(numbers, ranges.size())
                .map(i -> CsvIndex.count(ranges.get(i), files.get(ranges.get(i).file()), spec, configuration.value())
                        .toArray())
                .collect()
                .stream()
                .map(Count::of)
                .sorted(Comparator.comparingInt((Count count) -> count.range().file())
                        .thenComparingLong(count -> count.range().start()))
                .toList();
    }

    private Optional<Columns> resolve(
            SourceSpec.Csv spec, TargetKind kind, List<DataFile> files, List<Count> beginnings) {
        List<String> first = List.of();
        for (Count beginning : beginnings) {
            String file = files.get(beginning.range().file()).name();
            List<String> names = CsvHeader.names(spec, file, beginning.firstRecord(), problems);
            if (names.isEmpty()) {
                return Optional.empty();
            }
            first = first.isEmpty() ? names : first;
            if (spec.header() && !names.equals(first)) {
                problems.add("Cannot read " + file + ": its header is " + String.join(", ", names) + " (expected "
                        + String.join(", ", first) + ", as in the first file)");
                return Optional.empty();
            }
        }
        String file = files.get(beginnings.get(0).range().file()).name();
        return new ColumnResolver(spec, file, first, problems).resolve(kind);
    }

    private Optional<CsvPlan> plan(SourceSpec.Csv spec, Columns columns, List<DataFile> files, List<Count> counts) {
        List<CountedFile> counted = new ArrayList<>();
        int blocks = 0;
        for (int i = 0; i < files.size(); i++) {
            List<Mark> marks = new ArrayList<>();
            long records = 0;
            long lines = 0;
            for (Count count : counts) {
                if (count.range().file() == i) {
                    marks.add(new Mark(count.range().start(), records, lines));
                    records += count.records();
                    lines += count.lines();
                }
            }
            long data = Math.max(0, records - (spec.header() ? 1 : 0));
            counted.add(new CountedFile(files.get(i), data, blocks, marks));
            blocks += counted.get(i).blocks();
        }
        if (blocks == 0) {
            problems.add("Cannot read " + spec.path() + ": it has a header and no rows (expected rows)");
            return Optional.empty();
        }
        return Optional.of(new CsvPlan(spec, columns, counted));
    }
}
