package dev.starling.driver.data;

import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The shape of one example as the beginning of the training data tells it: without Spark, and without reading the rest. */
public final class FirstRecord {
    private final DataSpec spec;
    private final Configuration configuration;
    private final FileListing listing;
    private final Problems problems = new Problems();

    private FirstRecord(DataSpec spec, Configuration configuration) {
        this.spec = spec;
        this.configuration = configuration;
        this.listing = new FileListing(configuration, spec.description());
    }

    /**
     * The input's shape; empty where all rows have to be read for it, since a categorical column becomes as many numbers as it has categories.
     *
     * @throws InvalidInput if the files are not there, or the experiment names columns that they do not have
     */
    public static Optional<Shape> inputShape(DataSpec spec, Loss loss, Configuration configuration) {
        FirstRecord first = new FirstRecord(spec, configuration);
        Optional<Shape> shape = spec.train() instanceof SourceSpec.Csv csv
                ? first.csv(csv, loss)
                : first.idx((SourceSpec.Idx) spec.train(), loss);
        first.problems.throwIfAny();
        return shape;
    }

    private Optional<Shape> idx(SourceSpec.Idx source, Loss loss) {
        return new IdxSource(configuration, listing, problems)
                .open(source, TargetKind.of(loss, spec.targetIsInput(), 1))
                .flatMap(IdxPlan::shape);
    }

    private Optional<Shape> csv(SourceSpec.Csv source, Loss loss) {
        CsvHeader.checkFormat(source, problems);
        List<DataFile> files = listing.list(source.path(), problems);
        if (!source.categorical().isEmpty() || !problems.isEmpty()) {
            return Optional.empty();
        }
        DataFile file = files.get(0);
        try (LineReader lines = new LineReader(file.open(configuration), 0, 0);
                RecordReader records = new RecordReader(lines, source.multiline(), source.quote())) {
            if (!records.next()) {
                problems.add("Cannot read " + file.name() + ": it is empty (expected rows)");
                return Optional.empty();
            }
            return columns(source, file.name(), records.text(), loss)
                    .map(columns -> new Shape.Flat(columns.schema().features().size()));
        } catch (IOException e) {
            throw new InvalidInput("Cannot read " + file.name() + ": " + e.getMessage());
        }
    }

    private Optional<Columns> columns(SourceSpec.Csv source, String file, String record, Loss loss) {
        List<String> names = CsvHeader.names(source, file, record, problems);
        if (names.isEmpty()) {
            return Optional.empty();
        }
        TargetKind kind =
                TargetKind.of(loss, spec.targetIsInput(), source.target().size());
        return new ColumnResolver(source, file, names, problems).resolve(kind);
    }
}
