package dev.starling.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.ParameterBlock;
import dev.starling.worker.network.Penalty;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTest {
    private static final Schedule LR = new Schedule.Constant(0.1);

    static List<OptimizerSpec> optimizers() {
        return List.of(
                new OptimizerSpec.Sgd(LR, 0, false, 0),
                new OptimizerSpec.Sgd(LR, 0.8, true, 0),
                new OptimizerSpec.Adagrad(LR, 0.1, 1e-7, 0),
                new OptimizerSpec.RmsProp(LR, 0.7, 0, 1e-7, 0),
                new OptimizerSpec.RmsProp(LR, 0.7, 0.6, 1e-7, 0),
                new OptimizerSpec.Adam(LR, 0.9, 0.99, 1e-7, 0),
                new OptimizerSpec.AmsGrad(LR, 0.9, 0.99, 1e-7, true, 0));
    }

    /** What a vector holds more before a step it holds decay times more after it; of the largest so far, where that is not surpassed. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aStateVectorForgetsAsItSays(OptimizerSpec spec) {
        List<OptimizerSpec.Memory> memories = spec.memories();
        assertThat(memories).hasSize(spec.stateVectors());
        for (int k = 0; k < memories.size(); k++) {
            float[] low = after(spec, k, 0.5f);
            float[] high = after(spec, k, 0.75f);

            assertThat((double) high[k] - low[k])
                    .isCloseTo(0.25 * memories.get(k).decay(), within(1e-6));
            if (memories.get(k).notNegative()) {
                assertThat(after(spec, k, 0)[k]).isNotNegative();
            }
        }
    }

    /** The state of one parameter after a step with gradient −0.3. */
    private static float[] after(OptimizerSpec spec, int vector, float value) {
        ParameterBlock block =
                new ParameterBlock("dense", ParameterBlock.Kind.BIAS, 0, 1, 1, 1, Initializer.ZEROS, Penalty.NONE);
        Optimizer optimizer = new Optimizer(spec, new Clipping.None(), List.of(block), 1);
        FlatVector state = FlatVector.allocate(spec.stateVectors());
        optimizer.reset(state);
        state.floats().put(vector, value);
        FlatVector gradient = FlatVector.allocate(1);
        gradient.set(new float[] {-0.3f});
        optimizer.apply(FlatVector.allocate(1), gradient, state, 1, 0.1);
        return state.toArray();
    }
}
