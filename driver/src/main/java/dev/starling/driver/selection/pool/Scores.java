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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A unit's final model on its rows. */
final class Scores {
    private final Step step;
    private final Scoring scoring;
    private final double penalty;
    private final Line line;
    private final SortedMap<Split, Metrics> metrics = new TreeMap<>();
    private Outputs scored = new Outputs(new float[0], new float[0]);

    /** @param penalty what the final weights cost */
    Scores(Step step, Scoring scoring, double penalty, Line line) {
        this.step = step;
        this.scoring = scoring;
        this.penalty = penalty;
        this.line = line;
    }

    void add(Examples train, List<ValidationBlock> validation, Examples rows) {
        metrics.put(
                Split.TRAIN, Inference.score(step, train, scoring, line::check).metrics(penalty));
        if (!validation.isEmpty()) {
            Totals all = scoring.zero();
            for (ValidationBlock block : validation) {
                all = all.plus(Inference.score(step, block.examples(), scoring, line::check));
            }
            metrics.put(Split.VALIDATION, all.metrics(penalty));
        }
        if (rows.rows() > 0) {
            Totals totals = scoring.zero();
            scored = predict(rows, totals);
            metrics.put(Split.TEST, totals.metrics(penalty));
        }
    }

    /** As the network gives and is asked for them, rows × outputs. */
    private record Outputs(float[] outputs, float[] targets) {}

    /** @param totals takes what the rows add */
    private Outputs predict(Examples rows, Totals totals) {
        int width = scoring.outputs();
        int length = Math.multiplyExact(rows.rows(), width);
        Outputs found = new Outputs(new float[length], new float[length]);
        int[] order = new int[rows.rows()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int from = 0; from < order.length; from += step.batchSize()) {
            int count = Math.min(step.batchSize(), order.length - from);
            rows.gather(order, from, count, step.features(), step.targets());
            step.infer(count);
            totals.add(step.outputs(), step.targets(), count);
            totals.addPenalty(step.activityPenalty(), count);
            step.outputs().get(0, found.outputs, from * width, count * width);
            step.targets().get(0, found.targets, from * width, count * width);
            line.check();
        }
        return found;
    }

    SortedMap<Split, Metrics> metrics() {
        return metrics;
    }

    /** Of the scored rows, in the target's own unit. */
    Predictions predictions(Target target) {
        return shown(target, scored);
    }

    /** Of other rows, which count for no metric; empty where there are none. */
    Optional<Predictions> predictions(Target target, Examples rows) {
        if (rows.rows() == 0) {
            return Optional.empty();
        }
        return Optional.of(shown(target, predict(rows, scoring.zero())));
    }

    private Predictions shown(Target target, Outputs found) {
        int rows = found.outputs.length / scoring.outputs();
        return Predictions.of(
                target,
                scoring.shownOutputs(),
                scoring.shownOf(found.outputs, rows),
                scoring.shownOf(found.targets, rows));
    }
}
