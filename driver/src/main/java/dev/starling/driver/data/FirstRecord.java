package dev.starling.driver.data;

import dev.starling.driver.data.Schema.TargetKind;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.Problems;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.Shape;
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
                .open(source, spec.kind(loss, 1))
                .flatMap(IdxPlan::shape);
    }

    private Optional<Shape> csv(SourceSpec.Csv source, Loss loss) {
        Optional<FirstLine> first = FirstLine.of(source, listing, configuration, problems);
        if (!source.categorical().isEmpty()) {
            return Optional.empty();
        }
        TargetKind kind = spec.kind(loss, source.target().size());
        return first.flatMap(line -> new ColumnResolver(source, line.file(), line.columns(), problems).resolve(kind))
                .map(columns -> new Shape.Flat(columns.schema().features().size()));
    }
}
