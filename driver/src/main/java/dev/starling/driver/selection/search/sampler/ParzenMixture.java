package dev.starling.driver.selection.search.sampler;

import dev.starling.driver.selection.search.space.Choice;
import dev.starling.driver.selection.search.space.Group;
import dev.starling.driver.selection.search.space.Parameter;
import dev.starling.driver.selection.search.space.Point;
import dev.starling.driver.selection.search.space.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A density over a group of parameters: one kernel for each of some points, and one for what was believed before there were any. Immutable. */
final class ParzenMixture {
    /** The newest points weigh alike, older ones less, by Optuna's rule. */
    private static final int FULL_WEIGHT = 25;

    private final List<Kernels> dimensions;
    private final double[] weights;
    private final double[] logWeights;

    private ParzenMixture(List<Kernels> dimensions, double[] weights) {
        this.dimensions = dimensions;
        this.weights = weights;
        this.logWeights = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            logWeights[k] = Math.log(weights[k]);
        }
    }

    /** @param points at which the group exists, the oldest first */
    static ParzenMixture of(Group group, List<Point> points) {
        List<Kernels> dimensions = new ArrayList<>();
        for (Parameter parameter : group.parameters()) {
            List<Setting> settings =
                    points.stream().map(p -> p.settings().get(parameter.path())).toList();
            dimensions.add(
                    parameter.dimension() instanceof Choice choice
                            ? new CategoricalKernels(choice, settings)
                            : new NumericKernels(parameter.dimension(), settings));
        }
        return new ParzenMixture(dimensions, weights(points.size()));
    }

    /** Of each point, and last of the prior; they sum to 1. */
    private static double[] weights(int points) {
        double[] weights = new double[points + 1];
        double sum = 0;
        int ramp = Math.max(0, points - FULL_WEIGHT);
        for (int k = 0; k <= points; k++) {
            double lowest = 1.0 / points;
            weights[k] = k >= ramp ? 1 : ramp == 1 ? lowest : lowest + (1 - lowest) * k / (ramp - 1);
            sum += weights[k];
        }
        for (int k = 0; k <= points; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    List<Setting> draw(SplittableRandom random) {
        int kernel = 0;
        double left = random.nextDouble() - weights[0];
        while (left >= 0 && kernel < weights.length - 1) {
            left -= weights[++kernel];
        }
        int drawn = kernel;
        return dimensions.stream().map(d -> d.draw(drawn, random)).toList();
    }

    double logDensity(List<Setting> settings) {
        double[] logs = logWeights.clone();
        for (int d = 0; d < settings.size(); d++) {
            dimensions.get(d).addLogDensity(settings.get(d), logs);
        }
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return most + Math.log(sum);
    }
}
