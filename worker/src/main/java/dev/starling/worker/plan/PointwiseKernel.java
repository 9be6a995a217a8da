package dev.starling.worker.plan;

/**
 * A function of each value alone, run on the heap in chunks, over plain order: where a function of 0 is not 0, the padding of oneDNN's orders may not pass through it. The functions are handed the place of their chunk, from which random
 * numbers come.
 */
abstract class PointwiseKernel implements Kernel {
    /** Even, as random numbers are drawn in pairs. */
    static final int CHUNK = 1024;

    private final PlainTensor input;
    private final Tensor output;
    private final int length;
    private final float[] values = new float[CHUNK];
    private final float[] gradient = new float[CHUNK];

    PointwiseKernel(Planning plan, Tensor input) throws Unplannable {
        this.input = PlainTensor.of(plan, input);
        this.output = plan.plain(input.channels(), input.height(), input.width());
        this.length = plan.rows() * input.exampleSize();
    }

    /** values ← function of values. */
    abstract void apply(float[] values, int from, int count, boolean training);

    /** gradient ← gradient with respect to the input, as the last training batch went. */
    abstract void differentiate(float[] gradient, float[] inputs, int from, int count);

    @Override
    public final void forward(boolean training) {
        input.bringIn();
        for (int from = 0; from < length; from += CHUNK) {
            int count = Math.min(CHUNK, length - from);
            input.values().get(from, values, 0, count);
            apply(values, from, count, training);
            output.values().set(from, values, 0, count);
        }
    }

    @Override
    public final void backward() {
        if (input.gradient().isEmpty()) {
            return;
        }
        for (int from = 0; from < length; from += CHUNK) {
            int count = Math.min(CHUNK, length - from);
            input.values().get(from, values, 0, count);
            output.gradient().get(from, gradient, 0, count);
            differentiate(gradient, values, from, count);
            input.gradient().get().set(from, gradient, 0, count);
        }
        input.bringOut();
    }

    @Override
    public final Tensor output() {
        return output;
    }
}
