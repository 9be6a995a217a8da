package dev.starling.worker.network;

/** Pooling over [length, channels]. */
public record Pooling1d(String name, Pooling kind, int poolSize, int stride, Padding padding) implements LayerSpec {
    @Override
    public String type() {
        return kind.type(1);
    }

    /** The same over [length, 1, channels]. */
    public Pooling2d asPooling2d() {
        return new Pooling2d(name, kind, poolSize, 1, stride, 1, padding);
    }

    @Override
    public Shape output(Shape input) {
        Fit fit = Fit.of(this, input).sequence();
        return new Shape.Sequence(fit.positions(0, poolSize, stride, padding), input.channels());
    }
}
