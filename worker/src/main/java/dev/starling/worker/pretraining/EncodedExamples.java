package dev.starling.worker.pretraining;

import dev.starling.worker.gang.Examples;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.step.Step;

/**
 * Examples as a stage takes them: what a network below makes of each, as input and as target. Encoded anew with every batch, so that they take no memory.
 *
 * @param examples without targets
 * @param below the encoder, in inference; its batches are at least as large as those asked for
 * @param width of a code
 */
record EncodedExamples(Examples examples, Step below, int width) implements Examples {
    @Override
    public int rows() {
        return examples.rows();
    }

    @Override
    public void gather(int[] order, int from, int rows, FlatVector features, FlatVector targets) {
        examples.gather(order, from, rows, below.features(), below.targets());
        below.infer(rows);
        float[] codes = new float[rows * width];
        below.outputs().get(0, codes, 0, codes.length);
        features.set(0, codes, 0, codes.length);
        targets.set(0, codes, 0, codes.length);
    }
}
