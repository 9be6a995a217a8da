package dev.starling.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlushTest {
    @Test
    void whatIsNotTinyStaysToTheBit() {
        for (float x : new float[] {1, -1, 3e38f, -3e38f, 1.0000001e-30f, -1.0000001e-30f, 1e-20f, 0.1f}) {
            assertThat(Flush.tiny(x)).isEqualTo(x);
        }
        assertThat(Flush.tiny(Math.nextUp(1e-30f))).isEqualTo(Math.nextUp(1e-30f));
        assertThat(Flush.tiny(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Flush.tiny(Float.NaN)).isNaN();
    }

    @Test
    void whatIsTinyBecomesZero() {
        for (float x : new float[] {1e-30f, -1e-30f, 1e-38f, -1e-40f, Float.MIN_VALUE, 0}) {
            assertThat(Math.abs(Flush.tiny(x))).isZero();
        }
    }

    @Test
    void momentsOfADeadUnitAreGoneAfterAThousandSteps() {
        Schedule rate = new Schedule.Constant(0.01);
        for (OptimizerSpec spec : List.of(
                new OptimizerSpec.Sgd(rate, 0.9, false, 0),
                new OptimizerSpec.RmsProp(rate, 0.9, 0.9, 1e-7, 0),
                new OptimizerSpec.Adam(rate, 0.9, 0.9, 1e-7, 0))) {
            ParameterBlock block =
                    new ParameterBlock("d", ParameterBlock.Kind.KERNEL, 0, 1, 1, 1, Initializer.ZEROS, Penalty.NONE);
            Optimizer optimizer = new Optimizer(spec, new Clipping.None(), List.of(block), 1);
            FlatVector parameter = FlatVector.allocate(1);
            FlatVector gradient = FlatVector.allocate(1);
            FlatVector state = FlatVector.allocate(optimizer.stateLength());
            gradient.set(new float[] {1});
            for (int t = 1; t <= 1000; t++) {
                optimizer.apply(parameter, gradient, state, t, 0.01);
                gradient.zero();
            }
            for (float moment : state.toArray()) {
                assertThat(Math.abs(moment)).as(spec.toString()).isZero();
            }
        }
    }
}
