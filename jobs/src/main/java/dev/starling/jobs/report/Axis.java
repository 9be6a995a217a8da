package dev.starling.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis from a first to a last tick, at round numbers.
 *
 * @param from first tick
 * @param to last tick, greater than from
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double from, double to, double step) implements Along {
    /** An axis that holds both values, with about {@code ticks} ticks; for whole numbers no step is below 1. */
    static Axis over(double least, double most, int ticks, boolean whole) {
        double span = most - least;
        if (span <= 0) {
            span = least == 0 ? 1 : Math.abs(least) / 2;
        }
        double rough = span / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double fraction = rough / power;
        double step = (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10) * power;
        if (whole) {
            step = Math.max(1, step);
        }
        double from = Math.floor(least / step) * step;
        double to = Math.ceil(most / step) * step;
        return new Axis(from, to > from ? to : from + step, step);
    }

    @Override
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        long count = Math.round((to - from) / step);
        for (long i = 0; i <= count; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    @Override
    public double place(double value) {
        return (value - from) / (to - from);
    }

    /** As many decimals as the step needs. */
    @Override
    public String label(double tick) {
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step)));
        return decimals > 6
                ? String.format(Locale.ROOT, "%.1e", tick)
                : String.format(Locale.ROOT, "%." + decimals + "f", tick == 0 ? 0.0 : tick);
    }
}
