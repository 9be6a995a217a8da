package dev.starling.worker.network;

/**
 * Every position of [length, channels] several times.
 *
 * @param size how often, ≥ 1
 */
public record UpSampling1d(String name, int size) implements LayerSpec {
    @Override
    public String type() {
        return "upSampling1d";
    }

    @Override
    public Shape output(Shape input) {
        Fit.of(this, input).positive("size", size).sequence();
        return new Shape.Sequence(Math.multiplyExact(input.dimensions().get(0), size), input.channels());
    }
}
