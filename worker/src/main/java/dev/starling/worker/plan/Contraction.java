package dev.starling.worker.plan;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Curvature;

/**
 * λ·Σᵢ ‖∂aᵢ/∂x‖² of a dense layer a = f(x·Wᵀ + b), in the mean over examples, which is λ·Σᵢ f′(zᵢ)²·‖Wᵢ‖². With respect to W it has a part through z, which is that of a gradient 2λ·f″(zᵢ)·‖Wᵢ‖² with respect to a, and
 * one without, 2λ·W·f′(zᵢ)².
 */
final class Contraction {
    private final double lambda;
    private final Curvature curvature;
    private final FlatVector weights;
    private final FlatVector weightsGradient;
    private final int rows;
    private final int units;
    private final int inputs;
    private final float[] weightRow;
    private final float[] gradientRow;
    private final double[] squaredNorms;
    private final double[] squaredSlopes;

    /** @param weights units × inputs, row by row */
    Contraction(
            double lambda, Curvature curvature, FlatVector weights, FlatVector weightsGradient, int rows, int units) {
        this.lambda = lambda;
        this.curvature = curvature;
        this.weights = weights;
        this.weightsGradient = weightsGradient;
        this.rows = rows;
        this.units = units;
        this.inputs = weights.length() / units;
        this.weightRow = new float[inputs];
        this.gradientRow = new float[inputs];
        this.squaredNorms = new double[units];
        this.squaredSlopes = new double[units];
    }

    /** @param activations rows × units */
    double cost(float[] activations) {
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            weights.get(unit * inputs, weightRow, 0, inputs);
            double norm = 0;
            for (float w : weightRow) {
                norm += (double) w * w;
            }
            double slopes = 0;
            for (int at = unit; at < rows * units; at += units) {
                double slope = curvature.first().applyAsDouble(activations[at]);
                slopes += slope * slope;
            }
            squaredNorms[unit] = norm;
            squaredSlopes[unit] = slopes;
            sum += norm * slopes;
        }
        return lambda * sum / rows;
    }

    void addToActivations(float[] activations, float[] gradient) {
        double factor = 2 * lambda / rows;
        for (int i = 0; i < rows * units; i++) {
            gradient[i] +=
                    (float) (factor * curvature.second().applyAsDouble(activations[i]) * squaredNorms[i % units]);
        }
    }

    /** After the layer's own backward. */
    void addToWeights() {
        for (int unit = 0; unit < units; unit++) {
            float factor = (float) (2 * lambda / rows * squaredSlopes[unit]);
            weights.get(unit * inputs, weightRow, 0, inputs);
            weightsGradient.get(unit * inputs, gradientRow, 0, inputs);
            for (int j = 0; j < inputs; j++) {
                gradientRow[j] += factor * weightRow[j];
            }
            weightsGradient.set(unit * inputs, gradientRow, 0, inputs);
        }
    }
}
