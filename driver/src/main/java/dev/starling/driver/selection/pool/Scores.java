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
            totals.addPenalty(step.activityPenalty(), rows);
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
        int rows = outputs.length / scoring.outputs();
        return Predictions.of(
                target, scoring.shownOutputs(), scoring.shownOf(outputs, rows), scoring.shownOf(targets, rows));
    }
}
