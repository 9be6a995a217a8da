package dev.starling.tests.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one row measured in all rounds: in each the same numbers, a rate or a time first. */
final class Samples {
    private final List<double[]> rounds = new ArrayList<>();
    private final List<Double> disturbances = new ArrayList<>();

    /** @param others share of the machine that others took meanwhile */
    void add(double[] numbers, double others) {
        rounds.add(numbers.clone());
        disturbances.add(others);
    }

    /** The largest share of the machine that others took in a round. */
    double disturbance() {
        return disturbances.stream().mapToDouble(share -> share).max().orElse(Double.NaN);
    }

    /** How many numbers a round has; 0 without rounds. */
    int numbers() {
        return rounds.isEmpty() ? 0 : rounds.get(0).length;
    }

    /** Median over rounds of the number at this index; not a number if there are none. */
    double median(int index) {
        return median(rounds.stream().mapToDouble(round -> round[index]).toArray());
    }

    double least(int index) {
        return rounds.stream().mapToDouble(round -> round[index]).min().orElse(Double.NaN);
    }

    double most(int index) {
        return rounds.stream().mapToDouble(round -> round[index]).max().orElse(Double.NaN);
    }

    static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
