package dev.starling.driver.selection.crossvalidation;

import dev.starling.driver.selection.folds.Fold;
import dev.starling.driver.store.RunMetrics.SplitMetrics;
import dev.starling.worker.data.Split;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Means over folds and how far they can be trusted, by metric.
 *
 * @param mean over all folds of all repeats
 * @param std standard deviation over them, n − 1 in the denominator; of one fold there is none
 * @param interval in which the mean lies with 95%, corrected for folds that share training rows; of one fold there is none
 */
public record Summary(Map<String, Double> mean, Map<String, Double> std, Map<String, Interval> interval) {
    private static final double CONFIDENCE = 0.95;

    public Summary {
        mean = Collections.unmodifiableMap(new LinkedHashMap<>(mean));
        std = Collections.unmodifiableMap(new LinkedHashMap<>(std));
        interval = Collections.unmodifiableMap(new LinkedHashMap<>(interval));
    }

    public record Interval(double low, double high) {}

    /** A metric that some fold cannot have (the AUC of one class, the r2 of one row) is left out. */
    static Summary of(FoldPlan plan, List<FoldResult> folds) {
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Double> deviations = new LinkedHashMap<>();
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (String metric : folds.get(0).scored().keySet()) {
            if (!folds.stream().allMatch(fold -> isDefined(fold, metric))) {
                continue;
            }
            double[] values = folds.stream()
                    .mapToDouble(fold -> fold.scored().get(metric))
                    .toArray();
            Spread spread = Spread.of(values, heldOutRatio(plan));
            means.put(metric, spread.mean());
            if (values.length > 1) {
                deviations.put(metric, spread.deviation());
                double reach = quantile(values.length) * spread.error();
                intervals.put(metric, new Interval(spread.mean() - reach, spread.mean() + reach));
            }
        }
        return new Summary(means, deviations, intervals);
    }

    private static boolean isDefined(FoldResult fold, String metric) {
        SplitMetrics scored = fold.metrics().get(Split.TEST);
        Double value = scored.values().get(metric);
        boolean oneClass = metric.equals("auc")
                && scored.classes().isPresent()
                && scored.classes().get().rows().stream().anyMatch(row -> row.support() == 0);
        boolean oneRow = metric.equals("r2") && fold.predictions().targets().length < 2;
        return value != null && Double.isFinite(value) && !oneClass && !oneRow;
    }

    private static double quantile(int folds) {
        return new TDistribution(folds - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    }

    /** Mean over folds of scored ÷ different training rows. */
    static double heldOutRatio(FoldPlan plan) {
        double sum = 0;
        for (Fold fold : plan.folds()) {
            sum += (double) fold.scored().length
                    / Arrays.stream(fold.train()).distinct().count();
        }
        return sum / plan.size();
    }

    /**
     * Mean, deviation and error of values that come from overlapping training sets.
     *
     * @param error corrected standard error of the mean (Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52, 2003):
     *     √((1 ÷ J + n₂ ÷ n₁) · s²), J values, s² their variance, n₂ rows scored and n₁ trained on; without the second term
     *     it would take folds that share training rows for independent
     */
    record Spread(double mean, double deviation, double error) {
        /** @param ratio n₂ ÷ n₁ */
        static Spread of(double[] values, double ratio) {
            double mean = 0;
            for (double value : values) {
                mean += value / values.length;
            }
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            double variance = values.length > 1 ? squares / (values.length - 1) : 0;
            return new Spread(mean, Math.sqrt(variance), Math.sqrt((1.0 / values.length + ratio) * variance));
        }
    }
}
