package dev.starling.driver.data;

import dev.starling.driver.data.SourceSpec.Csv;
import dev.starling.driver.data.SourceSpec.Features;
import dev.starling.driver.data.SourceSpec.Missing;
import dev.starling.driver.data.SourceSpec.Policy;
import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Preparation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Finds a model's features among the columns of a CSV that need not have the target: by name, or where one of the two has only numbers by place. */
final class InputColumns {
    private final Preparation preparation;
    private final SourceSpec trained;
    private final FileListing listing;
    private final Problems problems;

    InputColumns(Preparation preparation, SourceSpec trained, FileListing listing, Problems problems) {
        this.preparation = preparation;
        this.trained = trained;
        this.listing = listing;
        this.problems = problems;
    }

    /** The source with its columns as the file has them; empty, and problems added, where they cannot be found. */
    Optional<Csv> place(Csv source, JavaSparkContext spark) {
        return FirstLine.of(source, listing, spark.hadoopConfiguration(), problems)
                .flatMap(first -> features(source, first.columns()))
                .map(features -> with(source, features));
    }

    private Optional<List<String>> features(Csv source, List<String> columns) {
        List<String> names = preparation.features().stream().map(Feature::name).toList();
        boolean named = names.stream().anyMatch(name -> !name.matches("[0-9]+"));
        if (source.header() && (named || new HashSet<>(columns).containsAll(names))) {
            return Optional.of(names);
        }
        if (columns.size() == names.size()) {
            return Optional.of(columns);
        }
        Optional<Integer> all = InputFormat.columns(trained, names.size());
        boolean asTrained =
                !source.header() && !named && all.map(n -> n == columns.size()).orElse(true);
        if (asTrained && trained instanceof Csv) {
            return Optional.of(names);
        }
        problems.add("Cannot predict " + source.path() + ": it has " + columns.size() + " columns (expected "
                + names.size() + ", the features in order"
                + all.filter(n -> !named && trained instanceof Csv csv && !csv.header())
                        .map(n -> ", or " + n + " as the training data")
                        .orElse("")
                + ")");
        return Optional.empty();
    }

    /** What training passed over is read here as missing, so that rows keep their numbers. */
    private Csv with(Csv source, List<String> features) {
        List<String> categorical = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            if (preparation.features().get(i) instanceof Feature.Categorical) {
                categorical.add(features.get(i));
            }
        }
        Missing missing = source.missing().policy() == Policy.DROP
                ? new Missing(source.missing().values(), Policy.MEAN)
                : source.missing();
        return new Csv(
                source.path(),
                source.header(),
                source.delimiter(),
                source.quote(),
                source.multiline(),
                List.of(),
                new Features.Only(features),
                categorical,
                missing);
    }
}
