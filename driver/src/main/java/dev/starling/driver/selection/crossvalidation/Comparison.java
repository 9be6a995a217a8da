package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.crossvalidation.Summary.Interval;
import dev.starling.driver.selection.crossvalidation.Summary.Spread;
import dev.starling.driver.selection.folds.Fold;
import dev.starling.worker.InvalidInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/** Two experiments on the same folds, by metric. */
public record Comparison(Map<String, Difference> metrics) {
    private static final double CONFIDENCE = 0.95;

    public Comparison {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * @param mean of the first's value less the second's, fold by fold
     * @param interval in which it lies with 95%
     * @param t mean ÷ corrected standard error (the corrected resampled t-test of Nadeau and Bengio 2003, see {@link Summary}); 0 where no fold differs
     * @param p two-sided, by Student's t with J − 1 degrees of freedom; 1 where no fold differs
     */
    public record Difference(double mean, double std, Interval interval, double t, double p) {}

    /** @throws InvalidInput unless both have the same folds, at least two */
    public static Comparison of(CrossValidationResult one, CrossValidationResult other) {
        requireSameFolds(one.plan(), other.plan());
        int folds = one.folds().size();
        double ratio = Summary.heldOutRatio(one.plan());
        Map<String, Difference> differences = new LinkedHashMap<>();
        for (String metric : one.summary().mean().keySet()) {
            if (other.summary().mean().containsKey(metric)) {
                double[] values = new double[folds];
                Arrays.setAll(
                        values,
                        i -> one.folds().get(i).scored().get(metric)
                                - other.folds().get(i).scored().get(metric));
                differences.put(metric, difference(values, ratio));
            }
        }
        return new Comparison(differences);
    }

    static Difference difference(double[] values, double ratio) {
        Spread spread = Spread.of(values, ratio);
        TDistribution student = new TDistribution(values.length - 1.0);
        double reach = student.inverseCumulativeProbability((1 + CONFIDENCE) / 2) * spread.error();
        boolean same = spread.mean() == 0 && spread.error() == 0;
        double t = same ? 0 : spread.mean() / spread.error();
        double p = same ? 1 : 2 * student.cumulativeProbability(-Math.abs(t));
        Interval interval = new Interval(spread.mean() - reach, spread.mean() + reach);
        return new Difference(spread.mean(), spread.deviation(), interval, t, p);
    }

    /** @throws InvalidInput unless both are the same, at least two */
    public static void requireSameFolds(FoldPlan one, FoldPlan other) {
        boolean same = one.size() == other.size();
        for (int i = 0; same && i < one.size(); i++) {
            Fold a = one.folds().get(i);
            Fold b = other.folds().get(i);
            same = Arrays.equals(a.scored(), b.scored()) && Arrays.equals(a.train(), b.train());
        }
        if (!same) {
            throw new InvalidInput("Cannot compare two experiments whose data give other folds: "
                    + one.rows().numbers().length + " and " + other.rows().numbers().length
                    + " rows to divide (expected the same rows, with the same classes, in the same order)");
        }
        if (one.size() < 2) {
            throw new InvalidInput("Cannot compare two experiments by one fold (expected at least two)");
        }
    }
}
