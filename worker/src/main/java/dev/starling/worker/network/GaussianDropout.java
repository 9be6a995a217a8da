package dev.starling.worker.network;

/**
 * Multiplies by normally distributed noise of mean 1 in training (Srivastava et al. 2014, section 10); the identity in inference.
 *
 * @param rate in [0, 1): its variance is rate ÷ (1 − rate), that of dropout
 */
public record GaussianDropout(String name, double rate) implements LayerSpec {
    @Override
    public String type() {
        return "gaussianDropout";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    public double stddev() {
        return Math.sqrt(rate / (1 - rate));
    }
}
