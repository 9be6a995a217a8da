package dev.starling.worker.network;

/** Pooling over [height, width, channels]. */
public record Pooling2d(
        String name, Pooling kind, int poolHeight, int poolWidth, int strideHeight, int strideWidth, Padding padding)
        implements LayerSpec {
    @Override
    public String type() {
        return kind.type(2);
    }

    @Override
    public Shape output(Shape input) {
        Fit fit = Fit.of(this, input).image();
        int height = fit.positions(0, poolHeight, strideHeight, padding);
        return new Shape.Image(height, fit.positions(1, poolWidth, strideWidth, padding), input.channels());
    }
}
