package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Cell;
import dev.starling.driver.selection.search.space.Dimension;
import dev.starling.driver.selection.search.space.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Normal densities cut to [0, 1]; over cells, where values are discrete, their mass. A kernel is as wide as the way to the farther of its two neighbours, but neither wider than the range nor
 * narrower than half a cell or 0.5 ÷ (n + 2), at n settings (Bergstra et al. 2011; the floor is half of Optuna's). The prior's width is 1, around the middle.
 */
final class NumericKernels implements Kernels {
    private static final double FLOOR = 0.5;
    private static final double MOST = 100;

    private final Dimension dimension;
    private final double[] centres;
    private final double[] widths;
    private final double[] logMasses;

    NumericKernels(Dimension dimension, List<Setting> settings) {
        int n = settings.size();
        List<Cell> cells = settings.stream().map(dimension::cell).toList();
        this.dimension = dimension;
        this.centres = new double[n + 1];
        this.widths = new double[n + 1];
        for (int k = 0; k < n; k++) {
            centres[k] = cells.get(k).centre();
        }
        double[] ways = ways(n);
        for (int k = 0; k < n; k++) {
            double halfCell = (cells.get(k).high() - cells.get(k).low()) / 2;
            double least = Math.max(halfCell, FLOOR / Math.min(MOST, n + 2));
            widths[k] = Math.max(least, Math.min(1, ways[k]));
        }
        centres[n] = 0.5;
        widths[n] = 1;
        this.logMasses = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            logMasses[k] = Math.log(widths[k] * Normal.mass(-centres[k] / widths[k], (1 - centres[k]) / widths[k]));
        }
    }

    /** From each of n centres to the farther of its neighbours; an outermost one has one neighbour, a lone one the ends of the range. */
    private double[] ways(int n) {
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> centres[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ways = new double[n];
        for (int i = 0; i < n; i++) {
            double here = centres[order[i]];
            double below = i > 0 ? here - centres[order[i - 1]] : n > 1 ? 0 : here;
            double above = i < n - 1 ? centres[order[i + 1]] - here : n > 1 ? 0 : 1 - here;
            ways[order[i]] = Math.max(below, above);
        }
        return ways;
    }

    /** By drawing until one lies inside, which at least a third do. */
    @Override
    public Setting draw(int kernel, SplittableRandom random) {
        double unit;
        do {
            unit = centres[kernel] + widths[kernel] * random.nextGaussian();
        } while (unit < 0 || unit > 1);
        return dimension.at(unit);
    }

    @Override
    public void addLogDensity(Setting setting, double[] logs) {
        Cell cell = dimension.cell(setting);
        for (int k = 0; k < centres.length; k++) {
            double low = (cell.low() - centres[k]) / widths[k];
            double high = (cell.high() - centres[k]) / widths[k];
            // A mass is a density times a width that every kernel shares.
            double log = cell.isPoint() ? Normal.logDensity(low) : Math.log(widths[k] * Normal.mass(low, high));
            logs[k] += log - logMasses[k];
        }
    }
}
