package dev.starling.worker.plan;

import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.UpSampling1d;
import dev.starling.worker.network.ZeroPadding1d;
import dev.starling.worker.network.ZeroPadding2d;
import java.util.Arrays;
import java.util.List;

/** Every output is one of the inputs, or 0: up-sampling and padding. The gradient of an input is the sum over its copies. */
final class PlaceKernel extends ExampleKernel {
    private static final int NOWHERE = -1;

    /** Per value of an output example, the input that it copies. */
    private final int[] from;

    private PlaceKernel(Planning plan, Tensor input, Tensor output, Rule rule) throws Unplannable {
        super(plan, input, output);
        this.from = new int[output.exampleSize()];
        for (int i = 0; i < from.length; i++) {
            int channel = i / output.area();
            int row = rule.row(i % output.area() / output.width());
            int column = rule.column(i % output.width());
            boolean inside = row >= 0 && row < input.height() && column >= 0 && column < input.width();
            from[i] = inside ? (channel * input.height() + row) * input.width() + column : NOWHERE;
        }
    }

    /** From places of the output to places of the input, which may lie outside: blocks first, then a shift. */
    private record Rule(int blockHeight, int blockWidth, int top, int left) {
        int row(int output) {
            return output / blockHeight - top;
        }

        int column(int output) {
            return output / blockWidth - left;
        }
    }

    static Kernel of(Planning plan, UpSampling1d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return upSampling(plan, input, layer.size(), 1);
    }

    private static Kernel upSampling(Planning plan, Tensor input, int height, int width) throws Unplannable {
        Tensor output = plan.plain(input.channels(), input.height() * height, input.width() * width);
        return new PlaceKernel(plan, input, output, new Rule(height, width, 0, 0));
    }

    static Kernel of(Planning plan, ZeroPadding1d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return padding(plan, input, layer.before(), layer.after(), 0, 0);
    }

    static Kernel of(Planning plan, ZeroPadding2d layer, List<ParameterBlock> none, Tensor input) throws Unplannable {
        return padding(plan, input, layer.top(), layer.bottom(), layer.left(), layer.right());
    }

    private static Kernel padding(Planning plan, Tensor input, int top, int bottom, int left, int right)
            throws Unplannable {
        Tensor output = plan.plain(input.channels(), input.height() + top + bottom, input.width() + left + right);
        return new PlaceKernel(plan, input, output, new Rule(1, 1, top, left));
    }

    @Override
    void apply(float[] values, float[] results) {
        for (int i = 0; i < results.length; i++) {
            results[i] = from[i] == NOWHERE ? 0f : values[from[i]];
        }
    }

    @Override
    void differentiate(float[] values, float[] outputGradient, float[] gradient) {
        Arrays.fill(gradient, 0f);
        for (int i = 0; i < outputGradient.length; i++) {
            if (from[i] != NOWHERE) {
                gradient[from[i]] += outputGradient[i];
            }
        }
    }
}
