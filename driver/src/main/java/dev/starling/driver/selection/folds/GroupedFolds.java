package dev.starling.driver.selection.folds;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Whole groups into folds, as even as whole groups allow: one group after the other, the most uneven first, goes where the classes' shares of the folds then differ least (the rule of
 * scikit-learn's StratifiedGroupKFold); without classes, the largest first to the smallest fold (its GroupKFold's). The seed decides among equals.
 */
final class GroupedFolds {
    private final int folds;
    /** folds × classes: rows so far. */
    private final long[][] counts;

    private final long[] totals;

    private GroupedFolds(int folds, int classes, long[] totals) {
        this.folds = folds;
        this.counts = new long[folds][classes];
        this.totals = totals;
    }

    /** @return per row, its fold from 0 */
    static int[] of(FoldRows rows, int folds, boolean stratified, long seed) {
        int classes = stratified ? rows.classNames().size() : 1;
        int[] groups = Arrays.stream(rows.keys()).distinct().sorted().toArray();
        if (groups.length < folds) {
            throw new InvalidInput("Cannot make " + folds + " folds of " + groups.length
                    + " groups (expected at least as many groups, or a smaller crossValidation.folds)");
        }
        long[][] sizes = new long[groups.length][classes];
        long[] totals = new long[classes];
        for (int i = 0; i < rows.size(); i++) {
            int c = stratified ? rows.classes()[i] : 0;
            sizes[Arrays.binarySearch(groups, rows.keys()[i])][c]++;
            totals[c]++;
        }
        GroupedFolds laid = new GroupedFolds(folds, classes, totals);
        int[] foldOf = new int[groups.length];
        for (int group : order(sizes, seed)) {
            foldOf[group] = laid.place(sizes[group]);
        }
        return Arrays.stream(rows.keys())
                .map(key -> foldOf[Arrays.binarySearch(groups, key)])
                .toArray();
    }

    private static List<Integer> order(long[][] sizes, long seed) {
        Permutation shuffle = new Permutation(sizes.length, seed);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            order.add((int) shuffle.apply(i));
        }
        order.sort(Comparator.comparingDouble((Integer group) -> -unevenness(sizes[group]))
                .thenComparingLong(group -> -Arrays.stream(sizes[group]).sum()));
        return order;
    }

    private static double unevenness(long[] counts) {
        return deviation(Arrays.stream(counts).asDoubleStream().toArray());
    }

    private int place(long[] group) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        long size = Long.MAX_VALUE;
        for (int fold = 0; fold < folds; fold++) {
            double spread = spreadWith(fold, group);
            long rows = Arrays.stream(counts[fold]).sum();
            if (spread < least - 1e-12 || (spread < least + 1e-12 && rows < size)) {
                best = fold;
                least = spread;
                size = rows;
            }
        }
        for (int c = 0; c < group.length; c++) {
            counts[best][c] += group[c];
        }
        return best;
    }

    /** Mean over classes of the standard deviation over folds of the part of the class's rows that each fold has. */
    private double spreadWith(int fold, long[] group) {
        double sum = 0;
        for (int c = 0; c < group.length; c++) {
            double[] shares = new double[folds];
            for (int f = 0; f < folds; f++) {
                shares[f] = (counts[f][c] + (f == fold ? group[c] : 0)) / (double) Math.max(1, totals[c]);
            }
            sum += deviation(shares);
        }
        return sum / group.length;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0));
    }
}
