package dev.starling.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlushTest {
    @Test
    void whatIsNotTinyStays() {
        for (float x : new float[] {1, -1, 3e38f, -3e38f, 0.1f, 1e-12f, -2.3e-16f}) {
            assertThat(Flush.tiny(x)).isEqualTo(x);
        }
        for (float x : new float[] {1e-17f, -1e-19f, 3e-21f, -1e-22f}) {
            assertThat((double) Flush.tiny(x)).isCloseTo(x, within(2e-7 * Math.abs(x)));
        }
        assertThat(Flush.tiny(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Flush.tiny(Float.NaN)).isNaN();
    }

    @Test
    void whatIsTinyBecomesZero() {
        for (float x : new float[] {5e-31f, -3e-31f, 1e-38f, -1e-40f, Float.MIN_VALUE, 0}) {
            assertThat(Math.abs(Flush.tiny(x))).isZero();
        }
        assertThat(Flush.tiny(1e-29f)).isNotZero();
    }

    @Test
    void momentsOfADeadUnitNeverBecomeDenormal() {
        Schedule rate = new Schedule.Constant(0.01);
        for (OptimizerSpec spec : List.of(
                new OptimizerSpec.Sgd(rate, 0.9, false, 0),
                new OptimizerSpec.RmsProp(rate, 0.9, 0.9, 1e-7, 0),
                new OptimizerSpec.Adam(rate, 0.9, 0.99, 1e-7, 0))) {
            ParameterBlock block =
                    new ParameterBlock("d", ParameterBlock.Kind.KERNEL, 0, 1, 1, 1, Initializer.ZEROS, Penalty.NONE);
            Optimizer optimizer = new Optimizer(spec, new Clipping.None(), List.of(block), 1);
            FlatVector parameter = FlatVector.allocate(1);
            FlatVector gradient = FlatVector.allocate(1);
            FlatVector state = FlatVector.allocate(optimizer.stateLength());
            gradient.set(new float[] {1});
            for (int t = 1; t <= 8000; t++) {
                optimizer.apply(parameter, gradient, state, t, 0.01);
                gradient.zero();
                for (float moment : state.toArray()) {
                    assertThat(moment == 0 || Math.abs(moment) > 1e-31f)
                            .as("%s of %s", moment, spec)
                            .isTrue();
                }
            }
            for (float moment : state.toArray()) {
                assertThat(Math.abs(moment)).as(spec.toString()).isLessThan(1e-26f);
            }
        }
    }
}
