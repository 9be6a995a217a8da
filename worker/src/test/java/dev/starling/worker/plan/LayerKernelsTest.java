package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.LayerNetworks;
import dev.starling.worker.step.ReferenceStep;
import dev.starling.worker.step.Step;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of noise, learned slopes and places in the planned step, in float, against the reference step and against the stored model. */
class LayerKernelsTest {
    static Set<String> names() {
        return LayerNetworks.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void gradientsAreTheReferencesAndOutputsTheStoredModels(String name) throws Exception {
        Trial trial = new Trial(LayerNetworks.all().get(name), 9, 5);
        try (PlannedStep step = trial.planned(12, LoopsChoice.create());
                ReferenceStep reference = trial.reference()) {
            float[] gradient = trial.gradient(step);
            assertThat(new Comparison(trial).beyond(1e-4, gradient)).isEmpty();
            assertThat(new Comparison(trial).beyond(1e-4, trial.gradient(reference)))
                    .isEmpty();
            assertThat(trial.gradient(step)).isEqualTo(gradient);
            float[] stored = Stored.outputs(trial);
            assertOutputs(step, stored);
            assertOutputs(reference, stored);
        }
    }

    private static void assertOutputs(Step step, float[] stored) {
        step.infer(9);
        for (int i = 0; i < stored.length; i++) {
            assertThat(step.outputs().floats().get(i)).isCloseTo(stored[i], within(1e-5f));
        }
    }
}
