package dev.starling.worker.gang;

import dev.starling.worker.metrics.Metrics;
import java.util.List;
import java.util.Optional;

/**
 * What an epoch came to, the same in every replica.
 *
 * @param epoch from 1
 * @param train running means over the epoch, as each batch was trained
 * @param validation of the averaged model at the epoch's end; empty where there are no validation examples
 * @param trainingSeconds from the first step to the last averaging, in the slowest replica
 * @param averagingSeconds of them in averaging, waiting included; mean over replicas
 * @param waitingSeconds of them waiting for peers
 */
public record EpochReport(
        int epoch,
        Metrics train,
        Optional<Metrics> validation,
        double trainingSeconds,
        double averagingSeconds,
        double waitingSeconds) {
    /** Of the whole gang. */
    public double examplesPerSecond() {
        return trainingSeconds == 0 ? 0 : train.examples() / trainingSeconds;
    }

    /** Median of the epochs' rates over the whole gang; 0 without epochs. */
    public static double medianExamplesPerSecond(List<EpochReport> history) {
        double[] rates = history.stream()
                .mapToDouble(EpochReport::examplesPerSecond)
                .sorted()
                .toArray();
        int half = rates.length / 2;
        if (rates.length == 0) {
            return 0;
        }
        return rates.length % 2 == 1 ? rates[half] : (rates[half - 1] + rates[half]) / 2;
    }
}
