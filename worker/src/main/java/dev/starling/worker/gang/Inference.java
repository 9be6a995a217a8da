package dev.starling.worker.gang;

import dev.starling.worker.metrics.Scoring;
import dev.starling.worker.metrics.Totals;
import dev.starling.worker.step.Step;

/** A model over the rows of one block, in their order and in batches of the step's size, so that the sums depend on block, model and batch size alone. */
public final class Inference {
    private Inference() {}

    /** @param afterBatch called after each batch */
    public static Totals score(Step step, Examples block, Scoring scoring, Runnable afterBatch) {
        Totals totals = scoring.zero();
        int[] order = new int[block.rows()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        for (int from = 0; from < order.length; from += step.batchSize()) {
            int rows = Math.min(step.batchSize(), order.length - from);
            block.gather(order, from, rows, step.features(), step.targets());
            step.infer(rows);
            totals.add(step.outputs(), step.targets(), rows);
            totals.addPenalty(step.activityPenalty(), rows);
            afterBatch.run();
        }
        return totals;
    }
}
