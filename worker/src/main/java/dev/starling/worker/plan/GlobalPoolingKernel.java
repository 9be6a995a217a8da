package dev.starling.worker.plan;

import dev.starling.worker.network.GlobalPooling;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Pooling;
import java.util.Arrays;
import java.util.List;

/** The largest or the mean of a channel's positions; the gradient goes to the first of the largest, or to all alike. */
final class GlobalPoolingKernel extends ExampleKernel {
    private final boolean maximum;
    private final int area;

    GlobalPoolingKernel(Planning plan, GlobalPooling layer, List<ParameterBlock> none, Tensor input)
            throws Unplannable {
        super(plan, input, plan.flat(input.channels()));
        this.maximum = layer.kind() == Pooling.MAX;
        this.area = input.area();
    }

    @Override
    void apply(float[] values, float[] results) {
        for (int channel = 0; channel < results.length; channel++) {
            results[channel] = maximum ? values[largest(values, channel)] : mean(values, channel);
        }
    }

    private float mean(float[] values, int channel) {
        double sum = 0;
        for (int i = channel * area; i < (channel + 1) * area; i++) {
            sum += values[i];
        }
        return (float) (sum / area);
    }

    private int largest(float[] values, int channel) {
        int largest = channel * area;
        for (int i = largest; i < (channel + 1) * area; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    @Override
    void differentiate(float[] values, float[] outputGradient, float[] gradient) {
        Arrays.fill(gradient, 0f);
        for (int channel = 0; channel < outputGradient.length; channel++) {
            if (maximum) {
                gradient[largest(values, channel)] = outputGradient[channel];
            } else {
                Arrays.fill(gradient, channel * area, (channel + 1) * area, outputGradient[channel] / area);
            }
        }
    }
}
