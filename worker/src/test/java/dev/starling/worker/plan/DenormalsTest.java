package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import org.junit.jupiter.api.Test;

/** Denormal numbers slow every loop and product down many times; how the rate holds is printed by the benchmark of tiny networks. */
class DenormalsTest {
    private static final int STEPS = 12_000;

    @Test
    void trainingUntilUnitsDieAndTheLossVanishesLeavesNoDenormals() throws Unplannable {
        NetworkSpec network = Networks.dense(Activation.Simple.RELU, 64, 64, 32, 10);
        Trial trial = new Trial(network, 32, 1);
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(0.01), 0.9, 0.999, 1e-7, 0);
        Optimizer optimizer = new Optimizer(adam, new Clipping.None(), trial.layout);
        FlatVector state = FlatVector.allocate(optimizer.stateLength());
        try (PlannedStep step = new PlannedStep(network, 32)) {
            step.parameters().set(trial.parameters);
            killUnits(step, trial);
            step.features().set(trial.features);
            step.targets().set(trial.targets);
            for (int t = 1; t <= STEPS; t++) {
                step.train(32, t);
                optimizer.apply(step.parameters(), step.gradient(), state, t, 0.01);
            }
            assertThat(loss(step, trial)).isLessThan(1e-6);
            assertThat(denormals(step.gradient())).isZero();
            assertThat(denormals(state)).isZero();
            assertThat(denormals(step.parameters())).isZero();
        }
    }

    /** Half of the first layer's units never fire again after one step in which all did. */
    private static void killUnits(PlannedStep step, Trial trial) {
        ParameterBlock bias = trial.layout.blocks().get(1);
        for (int i = 0; i < bias.length() / 2; i++) {
            step.parameters().floats().put(bias.offset() + i, -1000f);
        }
    }

    private static double loss(PlannedStep step, Trial trial) {
        step.infer(trial.rows);
        double sum = 0;
        for (int i = 0; i < trial.targets.length; i++) {
            sum -= trial.targets[i] * Math.log(step.outputs().floats().get(i));
        }
        return sum / trial.rows;
    }

    private static int denormals(FlatVector vector) {
        int count = 0;
        for (float value : vector.toArray()) {
            count += value != 0 && Math.abs(value) < Float.MIN_NORMAL ? 1 : 0;
        }
        return count;
    }
}
