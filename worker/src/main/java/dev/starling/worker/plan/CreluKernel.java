package dev.starling.worker.plan;

/** Concatenated ReLU: max(0, x), then max(0, −x), by channels, which lie outermost in an example. */
final class CreluKernel extends ExampleKernel {
    CreluKernel(Planning plan, Tensor input) throws Unplannable {
        super(plan, input, plan.plain(2 * input.channels(), input.height(), input.width()));
    }

    @Override
    void apply(float[] values, float[] results) {
        for (int i = 0; i < values.length; i++) {
            results[i] = Math.max(values[i], 0f);
            results[values.length + i] = Math.max(-values[i], 0f);
        }
    }

    @Override
    void differentiate(float[] values, float[] outputGradient, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            gradient[i] = values[i] > 0 ? outputGradient[i] : values[i] < 0 ? -outputGradient[values.length + i] : 0f;
        }
    }
}
