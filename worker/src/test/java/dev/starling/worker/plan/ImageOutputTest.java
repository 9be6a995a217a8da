package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.step.ReferenceStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks that give images, and layers that make rows into images, held against DL4J. */
class ImageOutputTest {
    @Test
    void anImageThatIsGivenBackHasDl4jsGradientByEveryLoss() throws Unplannable {
        for (Loss loss : List.of(Loss.MEAN_SQUARED_ERROR, Loss.MEAN_ABSOLUTE_ERROR, Loss.BINARY_CROSSENTROPY)) {
            NetworkSpec network = Networks.imageToImage(loss);
            assertThat(worstOfPlan(new Trial(network, 16, 9)))
                    .describedAs(loss.label())
                    .isLessThan(1e-4);
        }
    }

    @Test
    void rowsBecomeLargerImagesAsInDl4j() throws Unplannable {
        Trial trial = new Trial(Networks.decoder(), 16, 10);
        assertThat(worstOfPlan(trial)).isLessThan(1e-4);
        try (PlannedStep step = trial.planned(16, LoopsChoice.create());
                ReferenceStep reference = trial.reference()) {
            step.infer(16);
            reference.infer(16);
            assertThat(step.outputs().toArray())
                    .containsExactly(reference.outputs().toArray(), within(1e-5f));
        }
    }

    private static double worstOfPlan(Trial trial) throws Unplannable {
        try (PlannedStep step = trial.planned(trial.rows, LoopsChoice.create())) {
            return new Comparison(trial).worst(trial.gradient(step));
        }
    }
}
