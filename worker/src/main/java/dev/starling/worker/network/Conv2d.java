package dev.starling.worker.network;

import java.util.List;
import java.util.Optional;

/** Over [height, width, channels]. */
public record Conv2d(
        String name,
        int filters,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        Padding padding,
        Activation activation,
        Weights weights)
        implements LayerSpec {
    @Override
    public String type() {
        return "conv2d";
    }

    @Override
    public Shape output(Shape input) {
        Fit fit = Fit.of(this, input).positive("filters", filters).image();
        int height = fit.positions(0, kernelHeight, strideHeight, padding);
        int width = fit.positions(1, kernelWidth, strideWidth, padding);
        return activation.output(new Shape.Image(height, width, filters));
    }

    /** The bias comes first: so DL4J's convolution has it in the flat vector. */
    @Override
    public List<LayerParameter> parameters(Shape input) {
        int area = Math.multiplyExact(kernelHeight, kernelWidth);
        int fanIn = Math.multiplyExact(area, input.channels());
        int length = Math.multiplyExact(fanIn, filters);
        return LayerParameter.concat(
                LayerParameter.bias(weights, filters),
                LayerParameter.kernel(weights, length, fanIn, Math.multiplyExact(area, filters)));
    }

    @Override
    public Optional<Activation> nonlinearity() {
        return Optional.of(activation);
    }

    @Override
    public Conv2d with(Activation function) {
        return new Conv2d(
                name, filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding, function, weights);
    }

    @Override
    public ActivityPenalty activity() {
        return weights.activity();
    }

    @Override
    public LayerSpec withoutActivityPenalty() {
        return new Conv2d(
                name,
                filters,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                padding,
                activation,
                weights.with(ActivityPenalty.NONE));
    }
}
