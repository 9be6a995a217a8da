package dev.starling.worker.network;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The first and second derivative of an activation function, found from what it gives: a contractive penalty needs both.
 *
 * @param first f′(z) from a = f(z)
 * @param second f″(z) likewise; 0 where f has a kink
 */
public record Curvature(DoubleUnaryOperator first, DoubleUnaryOperator second) {
    /** Keras's and DL4J's constants of selu. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_ALPHA = 1.6732632423543772;

    /** Empty for functions of more than one unit, or that do not tell their derivative by their output. */
    public static Optional<Curvature> of(Activation activation) {
        if (activation instanceof Activation.LeakyRelu leaky) {
            return Optional.of(piecewise(leaky.alpha()));
        }
        if (activation instanceof Activation.Elu elu) {
            return Optional.of(exponential(1, elu.alpha()));
        }
        if (activation == Activation.Simple.LINEAR) {
            return Optional.of(new Curvature(a -> 1, a -> 0));
        }
        if (activation == Activation.Simple.RELU) {
            return Optional.of(piecewise(0));
        }
        if (activation == Activation.Simple.SIGMOID) {
            return Optional.of(new Curvature(a -> a * (1 - a), a -> a * (1 - a) * (1 - 2 * a)));
        }
        if (activation == Activation.Simple.TANH) {
            return Optional.of(new Curvature(a -> 1 - a * a, a -> -2 * a * (1 - a * a)));
        }
        if (activation == Activation.Simple.SOFTPLUS) {
            return Optional.of(new Curvature(a -> -Math.expm1(-a), a -> -Math.expm1(-a) * Math.exp(-a)));
        }
        if (activation == Activation.Simple.SOFTSIGN) {
            return Optional.of(new Curvature(
                    a -> square(1 - Math.abs(a)),
                    a -> -2 * Math.signum(a) * (1 - Math.abs(a)) * square(1 - Math.abs(a))));
        }
        if (activation == Activation.Simple.SELU) {
            return Optional.of(exponential(SELU_SCALE, SELU_SCALE * SELU_ALPHA));
        }
        return Optional.empty();
    }

    private static Curvature piecewise(double slope) {
        return new Curvature(a -> a > 0 ? 1 : slope, a -> 0);
    }

    /** scale·z for z > 0, else below·(eᶻ − 1). */
    private static Curvature exponential(double scale, double below) {
        return new Curvature(a -> a > 0 ? scale : a + below, a -> a > 0 ? 0 : a + below);
    }

    private static double square(double x) {
        return x * x;
    }
}
