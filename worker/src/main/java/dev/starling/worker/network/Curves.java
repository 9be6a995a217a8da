package dev.starling.worker.network;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Activation functions that act on each value alone, by their formulas. */
final class Curves {
    /** Of Klambauer et al. 2017, so that mean 0 and variance 1 are a fixed point. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_ALPHA = 1.6732632423543772;

    /** A curve of two formulas. */
    private record Of(DoubleUnaryOperator formula, DoubleUnaryOperator derivative) implements Curve {
        @Override
        public double value(double x) {
            return formula.applyAsDouble(x);
        }

        @Override
        public double slope(double x) {
            return derivative.applyAsDouble(x);
        }
    }

    private Curves() {}

    /** Empty for softmax and the concatenated ReLU, which give not one value for one, for what is random, and for the threshold, which has no derivative. */
    static Optional<Curve> of(Activation activation) {
        if (activation instanceof Activation.LeakyRelu leaky) {
            double a = leaky.alpha();
            return Optional.of(new Of(x -> x > 0 ? x : a * x, x -> x > 0 ? 1 : a));
        }
        if (activation instanceof Activation.Elu elu) {
            return Optional.of(elu(elu.alpha(), 1));
        }
        return activation instanceof Activation.Simple simple ? of(simple) : Optional.empty();
    }

    private static Optional<Curve> of(Activation.Simple simple) {
        return switch (simple) {
            case LINEAR -> Optional.of(new Of(x -> x, x -> 1));
            case SIGMOID -> Optional.of(new Of(Curves::sigmoid, Curves::sigmoidSlope));
            case TANH -> Optional.of(new Of(Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x)));
            case RELU -> Optional.of(new Of(x -> x > 0 ? x : 0, x -> x > 0 ? 1 : 0));
            case SOFTPLUS -> Optional.of(new Of(Curves::softplus, Curves::sigmoid));
            case SOFTSIGN ->
                Optional.of(new Of(x -> x / (1 + Math.abs(x)), x -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)))));
            case SELU -> Optional.of(elu(SELU_ALPHA, SELU_SCALE));
            case SWISH -> Optional.of(new Of(x -> x * sigmoid(x), x -> sigmoid(x) + x * sigmoidSlope(x)));
            case HARD_SIGMOID ->
                Optional.of(new Of(x -> Math.max(0, Math.min(1, 0.2 * x + 0.5)), x -> x > -2.5 && x < 2.5 ? 0.2 : 0));
            case SOFTMAX, CRELU, THRESHOLD -> Optional.empty();
        };
    }

    private static Curve elu(double alpha, double scale) {
        return new Of(x -> scale * (x > 0 ? x : alpha * Math.expm1(x)), x -> scale * (x > 0 ? 1 : alpha * Math.exp(x)));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double sigmoidSlope(double x) {
        return sigmoid(x) * sigmoid(-x);
    }

    /** ln(1 + eˣ), without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
