package dev.starling.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.Penalty;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateLoopsTest {
    private static final int LENGTH = 1500;

    static List<OptimizerSpec> rules() {
        Schedule lr = new Schedule.Constant(0.01);
        return List.of(
                new OptimizerSpec.Sgd(lr, 0, false, 0),
                new OptimizerSpec.Sgd(lr, 0.9, false, 0),
                new OptimizerSpec.Sgd(lr, 0.9, true, 0),
                new OptimizerSpec.Adagrad(lr, 0.1, 1e-7, 0),
                new OptimizerSpec.RmsProp(lr, 0.9, 0, 1e-7, 0),
                new OptimizerSpec.RmsProp(lr, 0.9, 0.5, 1e-7, 0),
                new OptimizerSpec.Adam(lr, 0.9, 0.999, 1e-7, 0),
                new OptimizerSpec.AmsGrad(lr, 0.9, 0.999, 1e-7, true, 0));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void vectorsAndHeapChunksGiveTheSameBits(OptimizerSpec spec) {
        UpdateLoop heap = new HeapLoop(UpdateRule.of(spec), spec.stateVectors());
        UpdateLoop vectors = UpdateLoops.create(spec, UpdateRule.of(spec));
        assertThat(vectors.getClass().getSimpleName()).isEqualTo("VectorUpdates");
        List<float[]> expected = fiveSteps(heap, spec);
        List<float[]> found = fiveSteps(vectors, spec);
        assertThat(found.get(0)).isEqualTo(expected.get(0));
        assertThat(found.get(1)).isEqualTo(expected.get(1));
    }

    /** Parameters and state after steps with every treatment; the segment begins and ends off the vectors' grid. */
    private static List<float[]> fiveSteps(UpdateLoop loop, OptimizerSpec spec) {
        SplittableRandom random = new SplittableRandom(3);
        FlatVector parameters = drawn(random, LENGTH, 1);
        FlatVector state = drawn(random, spec.stateVectors() * LENGTH, 0);
        for (int t = 1; t <= 5; t++) {
            FlatVector gradient = drawn(random, LENGTH, Math.pow(10, -6 * t));
            loop.begin(t, 0.01);
            Segment segment = new Segment(3, LENGTH - 10, t > 2 ? new Penalty(1e-3, 1e-2) : Penalty.NONE, true);
            float limit = t > 3 ? 0.01f : Float.POSITIVE_INFINITY;
            loop.update(parameters, gradient, state, segment, t > 1 ? 0.7f : 1f, limit, t > 4 ? 1e-3f : 0f);
        }
        return List.of(parameters.toArray(), state.toArray());
    }

    private static FlatVector drawn(SplittableRandom random, int length, double scale) {
        FlatVector vector = FlatVector.allocate(length);
        for (int i = 0; i < length; i++) {
            vector.floats().put(i, (float) (scale * random.nextDouble(-1, 1)));
        }
        return vector;
    }
}
