package dev.starling.worker.gang;

import dev.starling.worker.InvalidInput;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Watches one value over epochs, by Keras's rule: an epoch is better if it beats the best so far by more than minDelta. */
public final class Patience {
    private static final Set<String> SMALLER_IS_BETTER = Set.of("loss", "mse", "rmse", "mae");

    private final EarlyStopping rule;
    private double best = Double.NaN;
    private int epochsWithoutGain;

    Patience(EarlyStopping rule) {
        this.rule = rule;
    }

    /** @throws InvalidInput if the monitored value will not exist, naming those that will */
    public static void check(EarlyStopping rule, Scoring scoring, boolean hasValidation) {
        List<String> splits = hasValidation ? List.of("train", "validation") : List.of("train");
        if (!splits.contains(rule.split()) || !scoring.metrics().contains(rule.metric())) {
            throw new InvalidInput("Cannot stop early by training.earlyStopping.monitor: " + rule.split() + "."
                    + rule.metric() + " (expected one of the splits " + String.join(", ", splits) + " with one of "
                    + String.join(", ", scoring.metrics()) + ")");
        }
    }

    /** Takes an epoch's value; whether it is the best so far. */
    boolean observe(EpochReport report) {
        Metrics metrics = rule.split().equals("train")
                ? report.train()
                : report.validation().orElseThrow();
        double value = metrics.value(rule.metric()).orElseThrow();
        double gain = SMALLER_IS_BETTER.contains(rule.metric()) ? best - value : value - best;
        boolean better = Double.isNaN(best) || gain > rule.minDelta();
        if (better) {
            best = value;
            epochsWithoutGain = 0;
        } else {
            epochsWithoutGain++;
        }
        return better;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(best);
        out.writeInt(epochsWithoutGain);
    }

    void read(DataInputStream in) throws IOException {
        best = in.readDouble();
        epochsWithoutGain = in.readInt();
    }

    boolean isExhausted() {
        return epochsWithoutGain >= rule.patience() && epochsWithoutGain > 0;
    }
}
