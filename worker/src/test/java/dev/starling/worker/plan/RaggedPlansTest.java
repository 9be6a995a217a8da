package dev.starling.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.loops.LoopsChoice;
import dev.starling.worker.network.Activation;
import org.junit.jupiter.api.Test;

class RaggedPlansTest {
    /** Blocks of validation examples end in batches of all sizes. */
    @Test
    void raggedBatchesOfAllSizesTogetherTakeNoMoreThanTheFullOne() throws Unplannable {
        Trial trial = new Trial(Networks.dense(Activation.Simple.TANH, 4, 40_000, 3), 256, 11);
        try (PlannedStep step = trial.planned(256, LoopsChoice.create())) {
            step.infer(250);
            float[] first = step.outputs().toArray();
            for (int rows = 249; rows > 239; rows--) {
                step.infer(rows);
                assertThat(step.bytes()[1]).isLessThanOrEqualTo(2 * step.bytes()[0]);
            }
            step.outputs().zero();
            step.infer(250);
            assertThat(java.util.Arrays.copyOf(step.outputs().toArray(), 750))
                    .isEqualTo(java.util.Arrays.copyOf(first, 750));
        }
    }
}
