package dev.starling.driver.prediction;

import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.data.RowEncoder;
import dev.starling.worker.step.Step;

/** One network in one task: gives its outputs as they are. */
final class OneModel implements RowModel {
    private final Step step;
    private final Preparation preparation;
    private final float[] features;
    private final int width;
    private RowEncoder encoder;

    OneModel(Step step, Preparation preparation) {
        this.step = step;
        this.preparation = preparation;
        this.features = new float[PredictBlocks.BATCH * preparation.featureSize()];
        this.width = step.outputs().length() / PredictBlocks.BATCH;
    }

    @Override
    public void turnTo(RawBlock block) {
        encoder = preparation.encoder(block);
    }

    @Override
    public float[] outputs(int[] rows) {
        int size = preparation.featureSize();
        for (int i = 0; i < rows.length; i++) {
            encoder.encode(rows[i], features, i * size);
        }
        step.features().set(0, features, 0, rows.length * size);
        step.infer(rows.length);
        float[] outputs = new float[rows.length * width];
        step.outputs().get(0, outputs, 0, outputs.length);
        return outputs;
    }

    @Override
    public void close() {
        step.close();
    }
}
