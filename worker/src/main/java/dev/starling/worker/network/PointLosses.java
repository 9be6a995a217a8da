package dev.starling.worker.network;

import java.util.function.DoubleBinaryOperator;

/** Losses that act on each output alone, by Keras's formulas. */
final class PointLosses {
    /** Keras's epsilon: keeps logarithms and divisions finite. */
    private static final double EPSILON = 1e-7;

    /** A loss of two formulas over output and target. */
    private record Of(DoubleBinaryOperator formula, DoubleBinaryOperator derivative) implements PointLoss {
        @Override
        public double value(double output, double target) {
            return formula.applyAsDouble(output, target);
        }

        @Override
        public double slope(double output, double target) {
            return derivative.applyAsDouble(output, target);
        }
    }

    private static final PointLoss SQUARED = new Of((y, t) -> (y - t) * (y - t), (y, t) -> 2 * (y - t));
    private static final PointLoss ABSOLUTE = new Of((y, t) -> Math.abs(y - t), (y, t) -> Math.signum(y - t));
    private static final PointLoss BINARY = new Of(PointLosses::binary, PointLosses::binarySlope);
    /** −t·ln y. */
    private static final PointLoss CATEGORICAL = new Of(
            (y, t) -> t == 0 ? 0 * y : -t * Math.log(clip(y, 1 - EPSILON)),
            (y, t) -> y < EPSILON || y > 1 - EPSILON ? 0 * y : -t / y);
    /** Quadratic within 1, then linear (Huber 1964, delta 1). */
    private static final PointLoss HUBER = new Of(
            (y, t) -> Math.abs(y - t) <= 1 ? 0.5 * (y - t) * (y - t) : Math.abs(y - t) - 0.5,
            (y, t) -> Math.max(-1, Math.min(1, y - t)));
    /** ln cosh(y − t). */
    private static final PointLoss LOG_COSH = new Of(
            (y, t) -> Math.abs(y - t) + Math.log1p(Math.exp(-2 * Math.abs(y - t))) - Math.log(2),
            (y, t) -> Math.tanh(y - t));

    private static final PointLoss HINGE =
            new Of((y, t) -> Math.max(1 - sign(t) * y, 0), (y, t) -> sign(t) * y < 1 ? -sign(t) : 0 * y);
    private static final PointLoss SQUARED_HINGE = new Of(
            (y, t) -> Math.max(1 - sign(t) * y, 0) * Math.max(1 - sign(t) * y, 0),
            (y, t) -> -2 * sign(t) * Math.max(1 - sign(t) * y, 0));
    /** The negative log-likelihood of a Poisson distribution of mean y, without the term of t alone. */
    private static final PointLoss POISSON =
            new Of((y, t) -> y - t * Math.log(y + EPSILON), (y, t) -> 1 - t / (y + EPSILON));
    /** t·ln(t ÷ y), both cut to [1e-7, 1]. */
    private static final PointLoss DIVERGENCE = new Of(
            (y, t) -> clip(t, 1) * Math.log(clip(t, 1) / clip(y, 1)),
            (y, t) -> y < EPSILON || y > 1 ? 0 * y : -clip(t, 1) / y);

    private static final PointLoss SQUARED_LOGARITHMIC = new Of(
            (y, t) -> logarithmic(y, t) * logarithmic(y, t),
            (y, t) -> y < EPSILON ? 0 * y : 2 * logarithmic(y, t) / (y + 1));
    /** 100·|y − t| ÷ |t|. */
    private static final PointLoss PERCENTAGE = new Of(
            (y, t) -> 100 * Math.abs(y - t) / Math.max(Math.abs(t), EPSILON),
            (y, t) -> 100 * Math.signum(y - t) / Math.max(Math.abs(t), EPSILON));
    /** Whether a threshold unit's answer is wrong; instead of a derivative, Rosenblatt's rule: o − t, as if the unit were linear. */
    private static final PointLoss WRONG = new Of((o, t) -> Math.abs(o - t), (o, t) -> o - t);

    private PointLosses() {}

    static PointLoss of(Loss loss) {
        return switch (loss) {
            case CATEGORICAL_CROSSENTROPY -> CATEGORICAL;
            case BINARY_CROSSENTROPY -> BINARY;
            case MEAN_SQUARED_ERROR -> SQUARED;
            case MEAN_ABSOLUTE_ERROR -> ABSOLUTE;
            case MEAN_SQUARED_LOGARITHMIC_ERROR -> SQUARED_LOGARITHMIC;
            case MEAN_ABSOLUTE_PERCENTAGE_ERROR -> PERCENTAGE;
            case HUBER -> HUBER;
            case LOG_COSH -> LOG_COSH;
            case HINGE -> HINGE;
            case SQUARED_HINGE -> SQUARED_HINGE;
            case POISSON -> POISSON;
            case KL_DIVERGENCE -> DIVERGENCE;
            case PERCEPTRON -> WRONG;
        };
    }

    private static double binary(double y, double t) {
        double p = clip(y, 1 - EPSILON);
        return -t * Math.log(p) - (1 - t) * Math.log(1 - p);
    }

    private static double binarySlope(double y, double t) {
        return y < EPSILON || y > 1 - EPSILON ? 0 * y : (y - t) / (y * (1 - y));
    }

    /** Targets of hinges are −1 and 1; 0 is taken for −1, as Keras does. */
    private static double sign(double target) {
        return target == 0 ? -1 : target;
    }

    private static double logarithmic(double y, double t) {
        return Math.log1p(Math.max(y, EPSILON)) - Math.log1p(Math.max(t, EPSILON));
    }

    /** NaN stays NaN. */
    private static double clip(double value, double most) {
        return Math.min(Math.max(value, EPSILON), most);
    }
}
