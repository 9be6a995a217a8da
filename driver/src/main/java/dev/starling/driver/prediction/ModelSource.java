package dev.starling.driver.prediction;

import dev.starling.driver.cluster.TaskDevice;
import dev.starling.driver.ensemble.Committee;
import dev.starling.worker.data.Preparation;
import dev.starling.worker.data.RawBlock;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.plan.StepFactory;
import dev.starling.worker.step.Step;
import dev.starling.worker.step.StepChoice;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/** From what is shipped to what works in a task. */
sealed interface ModelSource extends Serializable {
    /** @return to be closed */
    RowModel open();

    /** @param preparation of the features alone */
    record One(Broadcast<float[]> parameters, NetworkSpec network, StepChoice choice, Preparation preparation)
            implements ModelSource {
        @Override
        public RowModel open() {
            TaskDevice.attach();
            Step step = StepFactory.create(network, PredictBlocks.BATCH, choice);
            step.parameters().set(parameters.value());
            return new OneModel(step, preparation);
        }
    }

    /** Several whose mean counts. */
    record Many(Committee.Call call) implements ModelSource {
        @Override
        public RowModel open() {
            Committee committee = call.gather();
            return new RowModel() {
                @Override
                public void turnTo(RawBlock block) {
                    committee.turnTo(block);
                }

                @Override
                public float[] outputs(int[] rows) {
                    return committee.means(rows);
                }

                @Override
                public void close() {
                    committee.close();
                }
            };
        }
    }
}
