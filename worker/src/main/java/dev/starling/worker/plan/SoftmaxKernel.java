package dev.starling.worker.plan;

/** Softmax over the units of each example, where no loss takes it together with its own gradient. */
final class SoftmaxKernel implements Kernel {
    private final PlainTensor input;
    private final Tensor output;
    private final float[] values;
    private final float[] gradient;

    SoftmaxKernel(Planning plan, Tensor input) throws Unplannable {
        this.input = PlainTensor.of(plan, input);
        this.output = plan.flat(input.exampleSize());
        this.values = new float[input.exampleSize()];
        this.gradient = new float[input.exampleSize()];
    }

    @Override
    public void forward(boolean training) {
        input.bringIn();
        for (int row = 0; row < output.rows(); row++) {
            input.values().get(row * values.length, values, 0, values.length);
            Head.softmax(values, 0, values.length);
            output.values().set(row * values.length, values, 0, values.length);
        }
    }

    /** dx = p·(g − Σ p·g). */
    @Override
    public void backward() {
        if (input.gradient().isEmpty()) {
            return;
        }
        for (int row = 0; row < output.rows(); row++) {
            output.values().get(row * values.length, values, 0, values.length);
            output.gradient().get(row * values.length, gradient, 0, values.length);
            double mean = 0;
            for (int j = 0; j < values.length; j++) {
                mean += (double) values[j] * gradient[j];
            }
            for (int j = 0; j < values.length; j++) {
                gradient[j] = (float) (values[j] * (gradient[j] - mean));
            }
            input.gradient().get().set(row * values.length, gradient, 0, values.length);
        }
        input.bringOut();
    }

    @Override
    public Tensor output() {
        return output;
    }
}
