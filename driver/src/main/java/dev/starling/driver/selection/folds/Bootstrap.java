package dev.starling.driver.selection.folds;

import dev.starling.driver.selection.folds.FoldSpec.Folding;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.data.Seeds.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Bootstrap samples (Efron 1979; for models, Breiman, "Bagging predictors", Machine Learning 24, 1996): of n rows each learns from n that are drawn with replacement, so that a row may stand there several times, and
 * is scored on those that were not drawn, about n ÷ e of them. Where rows are grouped, whole groups are drawn.
 */
final class Bootstrap {
    /** How often a sample that leaves no row out is drawn anew, which only a handful of rows makes likely. */
    private static final int ATTEMPTS = 100;

    private Bootstrap() {}

    /** @param stratified whether each class is drawn on its own, as often as it has rows */
    static List<Fold> of(FoldRows rows, Folding.Bootstrap spec, boolean stratified, long seed) {
        int[][] units = units(rows);
        if (units.length < 2) {
            throw new InvalidInput("Cannot draw from " + units.length + (FoldRows.isWhole(rows) ? " row" : " group")
                    + " (expected at least two)");
        }
        boolean byClass = stratified && FoldRows.isWhole(rows);
        int[][] strata = strata(rows, units.length, byClass);
        List<Fold> samples = new ArrayList<>();
        for (int model = 1; model <= spec.models(); model++) {
            samples.add(sample(rows, units, strata, model, Seeds.derive(seed, Purpose.BOOTSTRAP, model)));
        }
        return samples;
    }

    /** Places of the rows that are drawn together. */
    private static int[][] units(FoldRows rows) {
        int[] keys = Arrays.stream(rows.keys()).distinct().sorted().toArray();
        if (keys.length == rows.size()) {
            return IntStream.range(0, rows.size()).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
        }
        return Arrays.stream(keys)
                .mapToObj(key -> IntStream.range(0, rows.size())
                        .filter(i -> rows.keys()[i] == key)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** Units that are drawn among themselves: all, or those of each class. */
    private static int[][] strata(FoldRows rows, int units, boolean byClass) {
        if (!byClass) {
            return new int[][] {IntStream.range(0, units).toArray()};
        }
        return IntStream.range(0, rows.classNames().size())
                .mapToObj(c -> IntStream.range(0, units)
                        .filter(i -> rows.classes()[i] == c)
                        .toArray())
                .toArray(int[][]::new);
    }

    private static Fold sample(FoldRows rows, int[][] units, int[][] strata, int model, long seed) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] times = new int[units.length];
            for (int stratum = 0; stratum < strata.length; stratum++) {
                int size = strata[stratum].length;
                for (int draw = 0; draw < size; draw++) {
                    long bits = Seeds.derive(seed, Purpose.BOOTSTRAP, attempt, stratum, draw) >>> 11;
                    times[strata[stratum][(int) (bits * 0x1p-53 * size)]]++;
                }
            }
            if (Arrays.stream(times).anyMatch(n -> n == 0)) {
                return new Fold(1, model, numbers(rows, units, times, true), numbers(rows, units, times, false));
            }
        }
        throw new InvalidInput("Cannot draw a sample of " + rows.size()
                + " rows that leaves one out (expected more rows, or more of each class)");
    }

    private static int[] numbers(FoldRows rows, int[][] units, int[] times, boolean drawn) {
        IntStream.Builder numbers = IntStream.builder();
        for (int unit = 0; unit < units.length; unit++) {
            int copies = drawn ? times[unit] : times[unit] == 0 ? 1 : 0;
            for (int copy = 0; copy < copies; copy++) {
                for (int place : units[unit]) {
                    numbers.add(rows.numbers()[place]);
                }
            }
        }
        return numbers.build().sorted().toArray();
    }
}
