package dev.starling.driver.selection.pool;

import dev.starling.driver.selection.pool.UnitResult.Predictions;
import dev.starling.worker.data.Split;
import dev.starling.worker.data.Target;
import dev.starling.worker.gang.Examples;
import dev.starling.worker.gang.Inference;
import dev.starling.worker.gang.ValidationBlock;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.step.Step;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A unit's final model on its rows. */
final class Scores {
    private final Step step;
    private final Scoring scoring;
    private final double penalty;
    private final Line line;
    private final SortedMap<Split, Metrics> metrics = new TreeMap<>();
    private float[] outputs = {};
    private float[] targets = {};

    /** @param penalty what the final weights cost */
    Scores(Step step, Scoring scoring, double penalty, Line line) {
        this.step = step;
        this.scoring = scoring;
        this.penalty = penalty;
        this.line = line;
    }

    void add(Examples train, List<ValidationBlock> validation, Examples scored) {
        metrics.put(
                Split.TRAIN, Inference.score(step, train, scoring, line::check).metrics(penalty));
        if (!validation.isEmpty()) {
            Totals all = scoring.zero();
            for (ValidationBlock block : validation) {
                all = all.plus(Inference.score(step, block.examples(), scoring, line::check));
            }
            metrics.put(Split.VALIDATION, all.metrics(penalty));
        }
        if (scored.rows() > 0) {
            metrics.put(Split.TEST, predict(scored).metrics(penalty));
        }
    }

    private Totals predict(Examples scored) {
        int width = scoring.outputs();
        int length = Math.multiplyExact(scored.rows(), width);
        outputs = new float[length];
        targets = new float[length];
        Totals totals = scoring.zero();
        int[] order = new int[scored.rows()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int from = 0; from < order.length; from += step.batchSize()) {
            int rows = Math.min(step.batchSize(), order.length - from);
            scored.gather(order, from, rows, step.features(), step.targets());
            step.infer(rows);
            totals.add(step.outputs(), step.targets(), rows);
            step.outputs().get(0, outputs, from * width, rows * width);
            step.targets().get(0, targets, from * width, rows * width);
            line.check();
        }
        return totals;
    }

    SortedMap<Split, Metrics> metrics() {
        return metrics;
    }

    /** Of the scored rows, in the target's own unit. */
    Predictions predictions(Target target) {
        int width = scoring.outputs();
        if (target instanceof Target.Classes) {
            float[] classes = new float[width == 0 ? 0 : targets.length / width];
            for (int row = 0; row < classes.length; row++) {
                classes[row] = width == 1 ? targets[row] : largest(row * width, width);
            }
            return new Predictions(width, outputs, classes);
        }
        if (target instanceof Target.Values values) {
            return new Predictions(width, unscaled(outputs, values), unscaled(targets, values));
        }
        return new Predictions(width, outputs, new float[0]);
    }

    private int largest(int at, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = targets[at + i] > targets[at + best] ? i : best;
        }
        return best;
    }

    private static float[] unscaled(float[] scaled, Target.Values values) {
        int width = values.names().size();
        float[] plain = new float[scaled.length];
        for (int i = 0; i < plain.length; i++) {
            double divisor = values.divisors().get(i % width);
            plain[i] = (float) (scaled[i] * divisor + values.offsets().get(i % width));
        }
        return plain;
    }
}
