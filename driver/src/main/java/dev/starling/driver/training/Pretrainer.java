package dev.starling.driver.training;

import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.EncodedChunks;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.inspection.Encoder;
import dev.starling.worker.memory.Arena;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.network.NetworkLayout;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.ParameterInitializer;
import dev.starling.worker.pretraining.DenoisingStack;
import dev.starling.worker.pretraining.DenoisingStack.Stage;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Pre-trains a network's hidden dense layers by gangs, one layer after the other: of the examples without targets where there are some, else of the training examples, whose targets are not looked at.
 */
final class Pretrainer {
    private Pretrainer() {}

    /** @return parameters of the whole network: of the pre-trained layers as they came out, of the others as initialisers draw them */
    static float[] train(
            JavaSparkContext spark,
            PreparedData data,
            NetworkSpec network,
            TrainingSpec training,
            int replicas,
            FaultSpec faults) {
        float[] parameters = drawn(network, training);
        PreparedData inputs = data.unlabelled().orElseGet(data::asInputs);
        Recovery recovery = new Recovery(faults, Optional.empty());
        for (Stage stage : DenoisingStack.stages(network, training.pretraining().orElseThrow())) {
            Optional<Encoder> below = stage.encoder(network, parameters);
            TrainingSpec own = stage.training(training);
            if (below.isEmpty()) {
                stage.install(
                        Trainer.train(spark, inputs, stage.network(), own, replicas, recovery, ProgressListener.NONE)
                                .parameters(),
                        parameters);
                continue;
            }
            Broadcast<float[]> shipped = spark.broadcast(below.get().parameters());
            try {
                PreparedData codes = inputs.through(
                        below.get().width(),
                        new EncodedChunks(shipped, below.get().network(), 0));
                stage.install(
                        Trainer.train(spark, codes, stage.network(), own, replicas, recovery, ProgressListener.NONE)
                                .parameters(),
                        parameters);
            } finally {
                shipped.destroy();
            }
        }
        return parameters;
    }

    private static float[] drawn(NetworkSpec network, TrainingSpec training) {
        NetworkLayout layout = NetworkLayout.of(network);
        try (Arena memory = new Arena()) {
            FlatVector vector = memory.allocate(layout.total());
            ParameterInitializer.initialize(layout, Seeds.derive(training.seed(), Seeds.Purpose.INITIALIZE), vector);
            return vector.toArray();
        }
    }
}
