package dev.starling.worker.inspection;

import java.util.SplittableRandom;

/**
 * The input of a given length that makes a unit give the most, by gradient ascent on the sphere (Erhan et al. 2009): each step goes along the gradient's direction and back to the sphere, by less and less.
 *
 * @param steps ≥ 1
 * @param radius length of the input, > 0
 */
public record UnitMaximizer(int steps, double radius) {
    private static final double FIRST_STEP = 0.5;
    private static final double FLAT = 1e-30;

    /**
     * Ascends.
     *
     * @param seed of the random start
     * @return channels first; the best on the way
     */
    public float[] maximize(InputGradient encoder, int unit, int inputs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            x[i] = random.nextDouble(-1, 1);
        }
        scale(x, radius);
        float[] best = floats(x);
        double most = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            encoder.at(floats(x));
            float value = encoder.values()[unit];
            if (value > most) {
                most = value;
                best = floats(x);
            }
            double[] gradient = encoder.of(unit);
            double length = Math.sqrt(SingularValues.dot(gradient, gradient));
            if (!(length > FLAT)) {
                return best;
            }
            double rate = FIRST_STEP * (steps - step) / steps * radius / length;
            for (int i = 0; i < inputs; i++) {
                x[i] += rate * gradient[i];
            }
            scale(x, radius);
        }
        encoder.at(floats(x));
        return encoder.values()[unit] > most ? floats(x) : best;
    }

    private static void scale(double[] x, double length) {
        double factor = length / Math.sqrt(SingularValues.dot(x, x));
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    private static float[] floats(double[] x) {
        float[] floats = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            floats[i] = (float) x[i];
        }
        return floats;
    }
}
