package dev.starling.worker.gang;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.step.Step;

/** A step written out for tests: y = w·x + b with mean squared error; gradient 2·mean((y − t)·(x, 1)). Records nothing, draws nothing. */
final class LinearStep implements Step {
    private final int inputs;
    private final FlatVector features;
    private final FlatVector targets;
    private final FlatVector outputs;
    private final FlatVector parameters;
    private final FlatVector gradient;

    LinearStep(int inputs, int batchSize) {
        this.inputs = inputs;
        this.features = FlatVector.allocate(inputs * batchSize);
        this.targets = FlatVector.allocate(batchSize);
        this.outputs = FlatVector.allocate(batchSize);
        this.parameters = FlatVector.allocate(inputs + 1);
        this.gradient = FlatVector.allocate(inputs + 1);
    }

    @Override
    public int batchSize() {
        return targets.length();
    }

    @Override
    public FlatVector features() {
        return features;
    }

    @Override
    public FlatVector targets() {
        return targets;
    }

    @Override
    public FlatVector outputs() {
        return outputs;
    }

    @Override
    public FlatVector parameters() {
        return parameters;
    }

    @Override
    public FlatVector gradient() {
        return gradient;
    }

    @Override
    public void train(int rows, long seed) {
        infer(rows);
        double[] sums = new double[inputs + 1];
        for (int row = 0; row < rows; row++) {
            double error = outputs.floats().get(row) - targets.floats().get(row);
            for (int i = 0; i < inputs; i++) {
                sums[i] += 2 * error * features.floats().get(row * inputs + i) / rows;
            }
            sums[inputs] += 2 * error / rows;
        }
        for (int i = 0; i <= inputs; i++) {
            gradient.floats().put(i, (float) sums[i]);
        }
    }

    @Override
    public void infer(int rows) {
        for (int row = 0; row < rows; row++) {
            double sum = parameters.floats().get(inputs);
            for (int i = 0; i < inputs; i++) {
                sum += (double) parameters.floats().get(i) * features.floats().get(row * inputs + i);
            }
            outputs.floats().put(row, (float) sum);
        }
    }

    @Override
    public String description() {
        return "linear";
    }

    @Override
    public void close() {}
}
