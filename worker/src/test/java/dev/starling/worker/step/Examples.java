package dev.starling.worker.step;

import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import java.util.Random;

/** Random examples for a network: features as they lie in a step, targets as its loss wants them. */
record Examples(float[] features, float[] targets, int rows) {

    static Examples of(NetworkSpec spec, int rows, long seed) {
        NetworkLayout layout = NetworkLayout.of(spec);
        Random random = new Random(seed);
        float[] features = new float[rows * spec.input().size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        int outputs = layout.output().size();
        float[] targets = new float[rows * outputs];
        for (int row = 0; row < rows; row++) {
            if (spec.loss() == Loss.CATEGORICAL_CROSSENTROPY) {
                targets[row * outputs + random.nextInt(outputs)] = 1;
            } else {
                for (int k = 0; k < outputs; k++) {
                    targets[row * outputs + k] = random.nextInt(2);
                }
            }
        }
        return new Examples(features, targets, rows);
    }

    /** Puts all of them at the front of a step's batch. */
    void into(Step step) {
        step.features().set(0, features, 0, features.length);
        step.targets().set(0, targets, 0, targets.length);
    }

    static Step step(NetworkSpec spec, int batchSize) {
        Step step = new ReferenceStep(spec, batchSize);
        ParameterInitializer.initialize(NetworkLayout.of(spec), 42, step.parameters());
        return step;
    }
}
