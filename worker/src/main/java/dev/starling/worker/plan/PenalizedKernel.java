package dev.starling.worker.plan;

import dev.starling.worker.network.ActivityPenalty;
import java.util.Optional;

/**
 * A kernel whose activations cost something: what they cost is found on the way forward, and its gradient with respect to them is added to what comes from behind, before the kernel itself goes backward. Works on heap copies, as the
 * network's head does.
 */
final class PenalizedKernel implements Kernel {
    private final Kernel kernel;
    private final ActivityPenalty penalty;
    private final Optional<Contraction> contraction;
    private final int rows;
    private final int units;
    private final float[] values;
    private final float[] gradient;
    private final double[] slopes;
    private double cost;

    /** @param contraction where the penalty has one */
    PenalizedKernel(Kernel kernel, ActivityPenalty penalty, Optional<Contraction> contraction) {
        Tensor output = kernel.output();
        this.kernel = kernel;
        this.penalty = penalty;
        this.contraction = contraction;
        this.rows = output.rows();
        this.units = output.exampleSize();
        this.values = new float[output.values().length()];
        this.gradient = new float[values.length];
        this.slopes = new double[penalty.klWeight() > 0 ? units : 0];
    }

    /** What the last batch's activations cost, per example in the mean. */
    double cost() {
        return cost;
    }

    @Override
    public void seed(long seed) {
        kernel.seed(seed);
    }

    @Override
    public void forward(boolean training) {
        kernel.forward(training);
        kernel.output().values().get(0, values, 0, values.length);
        cost = 0;
        if (penalty.isElementwise()) {
            double sum = 0;
            for (float a : values) {
                sum += penalty.cost(a);
            }
            cost += sum / rows;
        }
        if (slopes.length > 0) {
            cost += divergence();
        }
        if (contraction.isPresent()) {
            cost += contraction.get().cost(values);
        }
    }

    /** Over flat values alone, which lie plain. */
    private double divergence() {
        double sum = 0;
        for (int unit = 0; unit < units; unit++) {
            double mean = 0;
            for (int at = unit; at < rows * units; at += units) {
                mean += values[at];
            }
            mean /= rows;
            sum += penalty.divergence(mean);
            slopes[unit] = penalty.divergenceSlope(mean);
        }
        return sum;
    }

    @Override
    public void backward() {
        if (kernel.output().needsGradient()) {
            kernel.output().gradient().get(0, gradient, 0, gradient.length);
            for (int i = 0; i < gradient.length; i++) {
                double more = penalty.isElementwise() ? penalty.slope(values[i]) : 0;
                more += slopes.length > 0 ? slopes[i % units] : 0;
                gradient[i] += (float) (more / rows);
            }
            contraction.ifPresent(c -> c.addToActivations(values, gradient));
            kernel.output().gradient().set(0, gradient, 0, gradient.length);
        }
        kernel.backward();
        contraction.ifPresent(Contraction::addToWeights);
    }

    @Override
    public Tensor output() {
        return kernel.output();
    }
}
