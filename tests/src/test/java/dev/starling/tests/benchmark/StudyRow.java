package dev.starling.tests.benchmark;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.exchange.Compression;
import dev.starling.worker.gang.GangPlan;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A way to average, as a row of the study, and what it came to: a test accuracy and loss per seed. */
record StudyRow(
        String label,
        AveragingSpec averaging,
        OptimizerStatePolicy optimizerState,
        Compression compression,
        boolean overlap,
        List<double[]> results) {
    static StudyRow of(String label, AveragingSpec averaging) {
        return new StudyRow(label, averaging, OptimizerStatePolicy.AVERAGE, Compression.NONE, false, new ArrayList<>());
    }

    StudyRow with(OptimizerStatePolicy policy) {
        String name = policy.name().toLowerCase(Locale.ROOT);
        return new StudyRow(label + ", state " + name, averaging, policy, compression, overlap, new ArrayList<>());
    }

    StudyRow overlapped() {
        return new StudyRow(label + ", overlap", averaging, optimizerState, compression, true, new ArrayList<>());
    }

    StudyRow compressed() {
        return new StudyRow(label + ", fp16", averaging, optimizerState, Compression.FP16, overlap, new ArrayList<>());
    }

    TrainingSpec training(TrainingSpec base) {
        return new TrainingSpec(
                base.seed(),
                base.optimizer(),
                base.clipping(),
                base.batchSize(),
                base.epochs(),
                base.stopRules(),
                averaging,
                optimizerState,
                compression,
                overlap,
                base.step());
    }

    /** @param rows training examples of each rank */
    long rounds(TrainingSpec base, int[] rows) {
        GangPlan plan = new GangPlan(rows, base.batchSize(), averaging);
        long rounds = 0;
        for (int epoch = 0; epoch < base.epochs(); epoch++) {
            rounds += plan.rounds(epoch);
        }
        return rounds;
    }

    /** What a replica sends in all: 2·(1 − 1/N) values per averaged one and round; of compressed parameters 2 bytes each, all else 4. */
    double megabytes(TrainingSpec base, int[] rows, int parameters) {
        int stateVectors = optimizerState == OptimizerStatePolicy.AVERAGE
                ? base.optimizer().stateVectors()
                : 0;
        int bytes = (compression == Compression.FP16 ? 2 : 4) + 4 * stateVectors;
        return 2.0 * (rows.length - 1) / rows.length * parameters * bytes * rounds(base, rows) / 1e6;
    }

    /** In percent points over seeds. */
    String accuracy() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", 100 * mean(0), 100 * deviation(0));
    }

    String loss() {
        return String.format(Locale.ROOT, "%.4f", mean(1));
    }

    double mean(int index) {
        return results.stream().mapToDouble(r -> r[index]).average().orElse(Double.NaN);
    }

    private double deviation(int index) {
        double mean = mean(index);
        double squares =
                results.stream().mapToDouble(r -> Math.pow(r[index] - mean, 2)).sum();
        return Math.sqrt(squares / Math.max(1, results.size() - 1));
    }
}
