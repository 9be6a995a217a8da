package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;

/** A function of each example alone, run on the heap over plain order: channels × height × width. */
abstract class ExampleKernel implements Kernel {
    private final PlainTensor input;
    private final Tensor output;
    private final float[] values;
    private final float[] gradient;
    private final float[] results;

    ExampleKernel(Planning plan, Tensor input, Tensor output) throws Unplannable {
        this.input = PlainTensor.of(plan, input);
        this.output = output;
        this.values = new float[input.exampleSize()];
        this.gradient = new float[input.exampleSize()];
        this.results = new float[output.exampleSize()];
    }

    /** Fills all of {@code results}. */
    abstract void apply(float[] values, float[] results);

    /** Fills all of {@code gradient}, with respect to the values. */
    abstract void differentiate(float[] values, float[] outputGradient, float[] gradient);

    @Override
    public void forward(boolean training) {
        input.bringIn();
        for (int row = 0; row < output.rows(); row++) {
            input.values().get(row * values.length, values, 0, values.length);
            apply(values, results);
            output.values().set(row * results.length, results, 0, results.length);
        }
    }

    @Override
    public void backward() {
        for (int row = 0; row < output.rows(); row++) {
            input.values().get(row * values.length, values, 0, values.length);
            output.gradient().get(row * results.length, results, 0, results.length);
            differentiate(values, results, gradient);
            if (input.gradient().isPresent()) {
                FlatVector back = input.gradient().get();
                back.set(row * values.length, gradient, 0, values.length);
            }
        }
        if (input.gradient().isPresent()) {
            input.bringOut();
        }
    }

    @Override
    public final Tensor output() {
        return output;
    }
}
