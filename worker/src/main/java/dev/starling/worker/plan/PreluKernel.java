package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Prelu;
import java.util.Arrays;
import java.util.List;

/** x for x > 0, else a·x; the gradient of a slope is the sum of g·x over the values that it served. */
final class PreluKernel extends ExampleKernel {
    private final FlatVector parameters;
    private final FlatVector parametersGradient;
    private final float[] slopes;
    private final double[] sums;
    private final float[] means;
    /** Per value of an example, the slope that serves it. */
    private final int[] slopeOf;

    PreluKernel(Planning plan, Prelu layer, List<ParameterBlock> blocks, Tensor input) throws Unplannable {
        super(plan, input, plan.plain(input.channels(), input.height(), input.width()));
        ParameterBlock block = Planning.block(blocks, ParameterBlock.Kind.SLOPE);
        this.parameters = plan.parameter(block);
        this.parametersGradient = plan.gradientOf(block);
        this.slopes = new float[block.length()];
        this.sums = new double[block.length()];
        this.means = new float[block.length()];
        this.slopeOf = new int[input.exampleSize()];
        int area = input.area();
        for (int i = 0; i < slopeOf.length; i++) {
            slopeOf[i] = layer.perChannel() ? i / area : byColumns(i, input);
        }
    }

    /** From rows of [channels, height, width] to columns of it. */
    private static int byColumns(int i, Tensor input) {
        int channel = i / input.area();
        int row = i % input.area() / input.width();
        int column = i % input.width();
        return channel + input.channels() * (row + input.height() * column);
    }

    @Override
    public void forward(boolean training) {
        parameters.get(0, slopes, 0, slopes.length);
        super.forward(training);
    }

    @Override
    void apply(float[] values, float[] results) {
        for (int i = 0; i < values.length; i++) {
            results[i] = values[i] > 0 ? values[i] : slopes[slopeOf[i]] * values[i];
        }
    }

    @Override
    public void backward() {
        Arrays.fill(sums, 0);
        super.backward();
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) sums[i];
        }
        parametersGradient.set(0, means, 0, means.length);
    }

    @Override
    void differentiate(float[] values, float[] outputGradient, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            boolean positive = values[i] > 0;
            gradient[i] = positive ? outputGradient[i] : slopes[slopeOf[i]] * outputGradient[i];
            if (!positive) {
                sums[slopeOf[i]] += (double) outputGradient[i] * values[i];
            }
        }
    }
}
