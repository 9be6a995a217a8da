package dev.starling.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.DataPipeline;
import dev.starling.driver.data.DataSpec;
import dev.starling.driver.data.DataSpec.HeldOut;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.SourceSpec;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.worker.InvalidInput;
import dev.starling.worker.data.Scale;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.TrainingFailed;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Initializer;
import dev.starling.worker.network.LayerSpec;
import dev.starling.worker.network.LayerSpec.Weights;
import dev.starling.worker.network.Loss;
import dev.starling.worker.network.NetworkSpec;
import dev.starling.worker.network.Penalty;
import dev.starling.worker.network.Shape;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import dev.starling.worker.step.StepChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerTest {
    private static final int ROWS = 601;

    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static PreparedData data;

    /** Three rings of points about the origin, which no linear boundary tells apart. */
    @BeforeAll
    static void prepare() throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,y,ring"));
        for (int i = 0; i < ROWS; i++) {
            int ring = i % 3;
            double radius = 1 + ring + 0.3 * Math.sin(5.1 * i);
            lines.add(radius * Math.cos(0.37 * i) + "," + radius * Math.sin(0.37 * i) + ",ring" + ring);
        }
        Path file = Files.write(folder.resolve("rings.csv"), lines);
        SourceSpec source = new SourceSpec.Csv(
                file.toString(),
                true,
                ",",
                '"',
                false,
                List.of("ring"),
                new SourceSpec.Features.All(),
                List.of(),
                new SourceSpec.Missing(List.of(), SourceSpec.Policy.ERROR));
        DataSpec spec = new DataSpec(
                Optional.empty(),
                source,
                Optional.of(new HeldOut.Fraction(0.2)),
                Optional.of(new HeldOut.Fraction(0.2)),
                new Scale.Standardize(),
                new Scale.None(),
                false);
        spark = LocalSpark.context();
        data = DataPipeline.prepare(spark, spec, Loss.CATEGORICAL_CROSSENTROPY, Optional.empty(), 5);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static NetworkSpec network(Activation activation) {
        Weights weights = new Weights(Initializer.HE_NORMAL, Initializer.ZEROS, new Penalty(0, 1e-5), true);
        return new NetworkSpec(
                new Shape.Flat(2),
                List.of(
                        new LayerSpec.Dense("hidden", 24, activation, weights),
                        new LayerSpec.BatchNormalization("norm", 0.9, 1e-3),
                        new LayerSpec.Dropout("drop", 0.1),
                        new LayerSpec.Dense("classes", 3, Activation.Simple.SOFTMAX, Weights.DEFAULT)),
                Loss.CATEGORICAL_CROSSENTROPY);
    }

    private static NetworkSpec network() {
        return network(Activation.Simple.RELU);
    }

    private static TrainingSpec training(int epochs, double learningRate, Optional<EarlyStopping> stopping) {
        OptimizerSpec adam = new OptimizerSpec.Adam(new Schedule.Constant(learningRate), 0.9, 0.999, 1e-7, 0);
        return new TrainingSpec(
                3,
                adam,
                new Clipping.None(),
                16,
                epochs,
                stopping,
                3,
                OptimizerStatePolicy.AVERAGE,
                StepChoice.REFERENCE);
    }

    private static TrainedModel train(TrainingSpec training, int replicas) {
        return Trainer.train(spark, data, network(), training, replicas, ProgressListener.NONE);
    }

    @Test
    void twoReplicasLearnAndTheEvaluatorAgreesWithTheirLastValidation() {
        TrainedModel model = train(training(60, 0.02, Optional.empty()), 2);
        Metrics test = Evaluator.evaluate(spark, data, network(), model.parameters(), Split.TEST);
        Metrics validation = Evaluator.evaluate(spark, data, network(), model.parameters(), Split.VALIDATION);

        assertThat(test.value("accuracy").orElseThrow()).isGreaterThan(0.9);
        assertThat(test.examples()).isEqualTo(data.rows(Split.TEST));
        assertThat(model.history()).hasSize(60);
        EpochReport last = model.history().get(59);
        assertThat(last.train().examples()).isEqualTo(data.rows(Split.TRAIN));
        Metrics seen = last.validation().orElseThrow();
        assertThat(validation.loss()).isCloseTo(seen.loss(), within(1e-5));
        assertThat(validation.value("accuracy")).isEqualTo(seen.value("accuracy"));
        assertThat(model.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(model.facts()).containsEntry("threads", "1").containsKeys("isa", "step");
        assertThat(model.optimizerState()).hasSize(2 * model.parameters().length);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherNumberOfReplicasOthers() {
        TrainedModel first = train(training(2, 0.01, Optional.empty()), 2);
        TrainedModel second = train(training(2, 0.01, Optional.empty()), 2);
        TrainedModel alone = train(training(2, 0.01, Optional.empty()), 1);

        assertThat(second.parametersSha256())
                .isEqualTo(first.parametersSha256())
                .hasSize(64);
        assertThat(second.optimizerStateSha256()).isEqualTo(first.optimizerStateSha256());
        assertThat(second.history())
                .extracting(EpochReport::validation)
                .isEqualTo(first.history().stream().map(EpochReport::validation).toList());
        assertThat(alone.parametersSha256()).isNotEqualTo(first.parametersSha256());
        assertThat(alone.averagingSeconds()).isLessThan(alone.trainingSeconds());
    }

    @Test
    void evaluationGivesTheSameValuesEveryTime() {
        TrainedModel model = train(training(1, 0.01, Optional.empty()), 1);

        assertThat(Evaluator.evaluate(spark, data, network(), model.parameters(), Split.TRAIN))
                .isEqualTo(Evaluator.evaluate(spark, data, network(), model.parameters(), Split.TRAIN));
    }

    @Test
    void theListenerHearsOfEveryEpochWhileTrainingRuns() {
        List<EpochReport> epochs = new CopyOnWriteArrayList<>();
        List<ProgressListener.RoundProgress> rounds = new CopyOnWriteArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void round(RoundProgress progress) {
                rounds.add(progress);
            }

            @Override
            public void epoch(EpochReport report) {
                epochs.add(report);
            }
        };
        TrainedModel model = Trainer.train(spark, data, network(), training(3, 0.01, Optional.empty()), 2, listener);

        assertThat(epochs).isEqualTo(model.history());
        assertThat(rounds).isNotEmpty().allSatisfy(p -> {
            assertThat(p.epochs()).isEqualTo(3);
            assertThat(p.examplesPerEpoch()).isEqualTo(data.rows(Split.TRAIN));
            assertThat(p.examplesPerSecond()).isPositive();
        });
    }

    @Test
    void theListenerCanStopTraining() {
        ProgressListener listener = new ProgressListener() {
            @Override
            public void round(RoundProgress progress) {}

            @Override
            public void epoch(EpochReport report) {}

            @Override
            public boolean stopRequested() {
                return true;
            }
        };
        TrainedModel model =
                Trainer.train(spark, data, network(), training(100_000, 0.01, Optional.empty()), 2, listener);

        assertThat(model.ending()).isEqualTo(Ending.REQUESTED);
    }

    @Test
    void earlyStoppingStopsBeforeTheLastEpoch() {
        EarlyStopping rule = new EarlyStopping("validation", "accuracy", 3, 0, true);
        TrainedModel model = train(training(2000, 0.02, Optional.of(rule)), 2);

        assertThat(model.ending()).isEqualTo(Ending.EARLY);
        assertThat(model.history()).hasSizeBetween(4, 1999);
        double best = model.history().stream()
                .mapToDouble(e -> e.validation().orElseThrow().value("accuracy").orElseThrow())
                .max()
                .orElseThrow();
        assertThat(Evaluator.evaluate(spark, data, network(), model.parameters(), Split.VALIDATION)
                        .value("accuracy"))
                .hasValue(best);
    }

    @Test
    void aLossThatExplodesFailsAtOnceAndNamesEpochAndRound() {
        OptimizerSpec wild = new OptimizerSpec.Sgd(new Schedule.Constant(1e30), 0, false, 0);
        TrainingSpec spec = new TrainingSpec(
                3,
                wild,
                new Clipping.None(),
                16,
                50,
                Optional.empty(),
                3,
                OptimizerStatePolicy.AVERAGE,
                StepChoice.REFERENCE);

        assertThatThrownBy(() -> train(spec, 2))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageMatching("Cannot go on training: .* in epoch \\d+, round \\d+ \\(expected finite values.*");
    }

    @Test
    void moreReplicasThanSlotsIsToldAtOnce() {
        long start = System.nanoTime();

        assertThatThrownBy(() -> train(training(1, 0.01, Optional.empty()), 3))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("cluster.replicas: 3")
                .hasMessageContaining("there are 2 task slots");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
    }

    @Test
    void fewerExamplesThanReplicasIsInvalid() {
        assertThatThrownBy(() -> train(training(1, 0.01, Optional.empty()), 100_000))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("examples on cluster.replicas: 100000");
    }

    @Test
    void aMonitorThatDoesNotExistIsInvalid() {
        EarlyStopping rule = new EarlyStopping("validation", "rmse", 3, 0, true);

        assertThatThrownBy(() -> train(training(1, 0.01, Optional.of(rule)), 1))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("validation.rmse")
                .hasMessageContaining("loss, accuracy, precision, recall, f1");
    }
}
