package dev.starling.tests.search;

import dev.starling.driver.selection.search.sampler.Knowledge;
import dev.starling.driver.selection.search.sampler.Knowledge.Observation;
import dev.starling.driver.selection.search.sampler.Sampler;
import dev.starling.driver.selection.search.sampler.Search;
import dev.starling.driver.selection.search.space.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The best of a search after so many trials, one after the other, for several seeds.
 *
 * @param best sorted
 */
record Outcomes(double[] best) {
    static Outcomes of(Search search, Functions function, int trials, int seeds) {
        double[] best = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            Sampler sampler = search.on(function.space(), seed);
            List<Observation> told = new ArrayList<>();
            double least = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < trials; trial++) {
                Point point = sampler.sample(trial, new Knowledge(told, List.of()));
                double value = function.value().applyAsDouble(point);
                least = Math.min(least, value);
                told.add(new Observation(point, value));
            }
            best[seed] = least;
        }
        Arrays.sort(best);
        return new Outcomes(best);
    }

    double median() {
        return (best[(best.length - 1) / 2] + best[best.length / 2]) / 2;
    }

    /** Median, and the quartiles in brackets. */
    String cell() {
        return String.format(
                Locale.ROOT, "%.3f (%.3f–%.3f)", median(), best[best.length / 4], best[3 * best.length / 4]);
    }
}
