package dev.starling.worker.plan;

import dev.starling.worker.network.ParameterBlock;
import java.util.ArrayList;
import java.util.List;

/** Gradients of one trial held against DL4J's in double precision, block by block. */
final class Comparison {
    /**
     * Blocks this much smaller than the largest are cancelling sums (a bias before batch normalisation, a scale before another one): float has no digits left for them, and
     * they are measured against this share of the largest instead.
     */
    private static final double CANCELLING = 1e-2;

    private final Trial trial;
    private final double[] expected;
    private final double largest;

    Comparison(Trial trial) {
        this.trial = trial;
        this.expected = trial.doubleGradient();
        this.largest = trial.layout.blocks().stream()
                .filter(ParameterBlock::trainable)
                .mapToDouble(block -> Trial.norm(block, expected))
                .max()
                .orElseThrow();
    }

    /** ‖found − expected‖ ÷ ‖expected‖ of the worst block. */
    double worst(float[] found) {
        double worst = 0;
        for (ParameterBlock block : trial.layout.blocks()) {
            if (block.trainable() && largest > 0) {
                worst = Math.max(worst, distance(block, found));
            }
        }
        return worst;
    }

    /** Blocks that are further off than the tolerance, described. */
    List<String> beyond(double tolerance, float[] found) {
        List<String> wrong = new ArrayList<>();
        for (ParameterBlock block : trial.layout.blocks()) {
            if (block.trainable() && largest > 0 && !(distance(block, found) <= tolerance)) {
                wrong.add(block.layer() + " " + block.kind() + " " + distance(block, found) + " of "
                        + trial.network.layers().stream().map(l -> l.type()).toList());
            }
        }
        return wrong;
    }

    private double distance(ParameterBlock block, float[] found) {
        double share = Trial.norm(block, expected) / largest;
        return Trial.distance(block, found, expected) * Math.min(1, share / CANCELLING);
    }
}
