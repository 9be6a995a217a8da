package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedStepTest {
    /** Gradients of blocks this much smaller than the largest are cancelling sums (a bias before batch normalisation): there float has no digits left. */
    private static final double CANCELLING = 1e-2;

    @Test
    void twoHundredRandomNetworksHaveDl4jsGradientInDoublePrecision() {
        List<String> wrong = new ArrayList<>();
        int planned = 0;
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean smooth = i % 4 != 0;
            NetworkSpec network = new RandomNetworks(i, smooth).draw();
            Trial trial = new Trial(network, 1 + i % 37, i);
            try (PlannedStep step = trial.planned(i % 3 == 0 ? trial.rows + 5 : trial.rows, LoopsChoice.create())) {
                planned++;
                compare(i, trial, trial.gradient(step), smooth ? 1e-4 : 1e-3, wrong);
            } catch (Unplannable e) {
                refused.add(i + ": " + e.getMessage());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(planned).describedAs("refused: " + refused).isGreaterThan(150);
    }

    private static void compare(int i, Trial trial, float[] found, double tolerance, List<String> wrong) {
        double[] expected = trial.doubleGradient();
        double largest = 0;
        for (ParameterBlock block : trial.layout.blocks()) {
            largest = block.trainable() ? Math.max(largest, Trial.norm(block, expected)) : largest;
        }
        for (ParameterBlock block : trial.layout.blocks()) {
            if (block.trainable() && largest > 0) {
                double small = Trial.norm(block, expected) / largest;
                double distance = Trial.distance(block, found, expected) * Math.min(1, small / CANCELLING);
                if (!(distance <= tolerance)) {
                    wrong.add(i + " " + block.layer() + " " + block.kind() + " " + distance + " of " + trial.network.layers().stream().map(l -> l.type()).toList());
                }
            }
        }
    }
}
