package dev.starling.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.PreparedData;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.exchange.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerFailureTest {
    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static PreparedData data;

    @BeforeAll
    static void prepare() throws IOException {
        spark = LocalSpark.context();
        data = Rings.prepare(folder);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static TrainedModel train(TrainingSpec training, int replicas) {
        return Trainer.train(spark, data, Rings.network(), training, replicas, ProgressListener.NONE);
    }

    @Test
    void aLossThatExplodesFailsAtOnceAndNamesEpochAndRound() {
        OptimizerSpec wild = new OptimizerSpec.Sgd(new Schedule.Constant(1e30), 0, false, 0);
        TrainingSpec spec = Rings.training(wild, 50, Optional.empty());

        assertThatThrownBy(() -> train(spec, 2))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageMatching("Cannot go on training: .* in epoch \\d+, round \\d+ \\(expected finite values.*");
    }

    @Test
    void moreReplicasThanSlotsIsToldAtOnce() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> train(Rings.training(1, 0.01, Optional.empty()), 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cluster.replicas: 3")
                .hasMessageContaining("there are 2 task slots");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    }

    @Test
    void fewerExamplesThanReplicasIsInvalid() {
        assertThatThrownBy(() -> train(Rings.training(1, 0.01, Optional.empty()), 100_000))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("examples on cluster.replicas: 100000");
    }

    @Test
    void aMonitorThatDoesNotExistIsInvalid() {
        EarlyStopping rule = new EarlyStopping("validation", "rmse", 3, 0, true);

        assertThatThrownBy(() -> train(Rings.training(1, 0.01, Optional.of(rule)), 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("validation.rmse")
                .hasMessageContaining("loss, accuracy, precision, recall, f1");
    }
}
