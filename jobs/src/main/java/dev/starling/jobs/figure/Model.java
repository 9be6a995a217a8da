package dev.starling.jobs.figure;

import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.SubNetwork;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.util.Arrays;

/**
 * A network, or its beginning, asked on the driver.
 *
 * @param parameters in DL4J's order, at least those of the network
 */
public record Model(NetworkSpec network, float[] parameters, StepChoice step) {
    private static final int BATCH = 64;

    static Model of(Drawn drawn) {
        return new Model(drawn.network(), drawn.parameters(), drawn.step());
    }

    /** The network up to a layer, whose outputs are then the model's. */
    static Model upTo(String layer, Drawn drawn) {
        SubNetwork part = SubNetwork.upTo(drawn.network(), layer);
        return new Model(part.network(), part.parameters(drawn.parameters()), StepChoice.AUTO);
    }

    /** Numbers that it gives for an example. */
    int outputs() {
        return NetworkLayout.of(network).output().size();
    }

    /**
     * What the network gives.
     *
     * @param features rows × inputs, prepared
     * @return rows × outputs
     */
    public float[] outputs(float[] features) {
        NetworkLayout layout = NetworkLayout.of(network);
        int inputs = layout.input().size();
        int width = layout.output().size();
        int rows = features.length / inputs;
        float[] outputs = new float[Math.multiplyExact(rows, width)];
        try (Step asked = StepFactory.create(network, BATCH, step)) {
            asked.parameters().set(Arrays.copyOf(parameters, layout.total()));
            for (int from = 0; from < rows; from += BATCH) {
                int count = Math.min(BATCH, rows - from);
                asked.features().floats().put(0, features, from * inputs, count * inputs);
                asked.infer(count);
                asked.outputs().get(0, outputs, from * width, count * width);
            }
        }
        return outputs;
    }
}
