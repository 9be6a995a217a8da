package dev.starling.worker.network;

/**
 * Adds normally distributed noise in training; the identity in inference.
 *
 * @param stddev its standard deviation, ≥ 0
 */
public record GaussianNoise(String name, double stddev) implements LayerSpec {
    @Override
    public String type() {
        return "gaussianNoise";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }
}
