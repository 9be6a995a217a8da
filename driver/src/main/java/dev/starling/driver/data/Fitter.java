package dev.starling.driver.data;

import dev.starling.worker.Problems;
import dev.starling.worker.data.Feature;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** Fits features and target on training rows: one pass for means, ranges and categories, and one more around the means for standard deviations. */
final class Fitter {
    private final Schema schema;
    private final boolean fillsMissing;
    private final ColumnSums ranges;
    private final double[] means;
    private final double[] deviations;

    private Fitter(Schema schema, boolean fillsMissing, ColumnSums ranges, double[] means, double[] deviations) {
        this.schema = schema;
        this.fillsMissing = fillsMissing;
        this.ranges = ranges;
        this.means = means;
        this.deviations = deviations;
    }

    /** A pass over the training rows: per block, merged in the order of the blocks. */
    interface Pass {
        /** @param pivots one per numeric column */
        ColumnSums over(double[] pivots);
    }

    /** Goes over the rows as often as what is to be fitted needs. */
    static Fitter fit(Pass pass, Schema schema, Scale scale, Scale targetScale, boolean fillsMissing) {
        double[] origin = new double[schema.numbers()];
        boolean standardizes = isFitted(scale, Scale.Standardize.class)
                || (schema.kind().isNumeric() && isFitted(targetScale, Scale.Standardize.class));
        boolean ranges = isFitted(scale, Scale.MinMax.class)
                || (schema.kind().isNumeric() && isFitted(targetScale, Scale.MinMax.class));
        if (!standardizes && !ranges && !fillsMissing && schema.categoricalFeatures() == 0) {
            return new Fitter(schema, false, ColumnSums.zero(0, schema), origin, origin);
        }
        ColumnSums first = pass.over(origin);
        double[] means = means(first, origin);
        if (!standardizes) {
            return new Fitter(schema, fillsMissing, first, means, origin);
        }
        ColumnSums second = pass.over(means);
        double[] deviations = new double[origin.length];
        Arrays.setAll(deviations, second::deviation);
        return new Fitter(schema, fillsMissing, first, means(second, means), deviations);
    }

    private static boolean isFitted(Scale scale, Class<? extends Scale> kind) {
        return kind.isInstance(scale);
    }

    private static double[] means(ColumnSums sums, double[] pivots) {
        double[] means = new double[pivots.length];
        Arrays.setAll(means, column -> sums.counts()[column] == 0 ? 0 : sums.mean(column, pivots[column]));
        return means;
    }

    /** The pass over blocks on the cluster. */
    static Pass onCluster(JavaRDD<ParsedBlock> blocks, Schema schema, RowRule rule) {
        return pivots -> blocks
                .map(parsed ->
                        ColumnSums.of(parsed.block(), rule.over(parsed.block()).splits(), schema, pivots))
                .collect()
                .stream()
                .sorted(Comparator.comparingInt(ColumnSums::block))
                .reduce(ColumnSums.zero(0, schema), ColumnSums::plus);
    }

    /** The features; problems where a column has no value to fit on. */
    List<Feature> features(Scale scale, Problems problems) {
        List<Feature> features = new ArrayList<>();
        int number = 0;
        int text = 0;
        for (Schema.Column column : schema.features()) {
            if (column.categorical()) {
                features.add(new Feature.Categorical(column.name(), List.of(ranges.categories()[text++])));
                continue;
            }
            if (fillsMissing && ranges.counts()[number] == 0) {
                problems.add("Cannot fill column '" + column.name()
                        + "': no training row has a value (expected one at least for missing.policy: mean)");
            }
            double mean = fillsMissing ? means[number] : Double.NaN;
            features.add(new Feature.Numeric(column.name(), offset(scale, number), divisor(scale, number), mean));
            number++;
        }
        return features;
    }

    /**
     * The target.
     *
     * @param classes in order, where it is classes
     */
    Target target(Scale scale, Target.Classes classes) {
        if (schema.kind() == Schema.TargetKind.CLASSES) {
            return classes;
        }
        if (!schema.kind().isNumeric()) {
            return new Target.Input();
        }
        List<Double> offsets = new ArrayList<>();
        List<Double> divisors = new ArrayList<>();
        for (int i = 0; i < schema.targets().size(); i++) {
            offsets.add(offset(scale, schema.numericFeatures() + i));
            divisors.add(divisor(scale, schema.numericFeatures() + i));
        }
        return new Target.Values(schema.targets(), offsets, divisors);
    }

    private double offset(Scale scale, int column) {
        if (scale instanceof Scale.Standardize) {
            return means[column];
        }
        return scale instanceof Scale.MinMax && ranges.counts()[column] > 0 ? ranges.minima()[column] : 0;
    }

    private double divisor(Scale scale, int column) {
        boolean constant = ranges.counts()[column] == 0 || ranges.minima()[column] == ranges.maxima()[column];
        if (scale instanceof Scale.DivideBy by) {
            return by.divisor();
        }
        if (constant || scale instanceof Scale.None) {
            return 1;
        }
        return scale instanceof Scale.Standardize
                ? deviations[column]
                : ranges.maxima()[column] - ranges.minima()[column];
    }
}
