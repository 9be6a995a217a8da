package dev.starling.driver.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.evaluation.Evaluator;
import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class TrainerTest {
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
    void twoReplicasLearnAndTheEvaluatorAgreesWithTheirLastValidation() {
        TrainedModel model = train(Rings.training(60, 0.02, Optional.empty()), 2);
        Metrics test = Evaluator.evaluate(spark, data, Rings.network(), model.parameters(), Split.TEST);
        Metrics validation = Evaluator.evaluate(spark, data, Rings.network(), model.parameters(), Split.VALIDATION);

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
        assertThat(model.devices()).isNotEmpty().allMatch("cpu"::equals);
        assertThat(model.optimizerState()).hasSize(2 * model.parameters().length);
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherNumberOfReplicasOthers() {
        TrainedModel first = train(Rings.training(2, 0.01, Optional.empty()), 2);
        TrainedModel second = train(Rings.training(2, 0.01, Optional.empty()), 2);
        TrainedModel alone = train(Rings.training(2, 0.01, Optional.empty()), 1);

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

    static List<Arguments> strategies() {
        return List.of(
                Arguments.of(new AveragingSpec.SlowMo(2, 1, 0.3), false),
                Arguments.of(new AveragingSpec.DiLoCo(2, 0.7, 0.5), true),
                Arguments.of(new AveragingSpec.PostLocal(1, 4), true));
    }

    /** Batch normalisation, dropout, Adam and uneven parts: whatever a strategy does to the parameters, running statistics stay what they are. */
    @ParameterizedTest
    @MethodSource("strategies")
    void everyStrategyLearnsAndGivesTheSameBitsAgain(AveragingSpec strategy, boolean overlap) {
        TrainingSpec training = Rings.training(Rings.training(40, 0.02, Optional.empty()), strategy, overlap);
        TrainedModel first = train(training, 2);
        TrainedModel second = train(training, 2);

        assertThat(second.parametersSha256()).isEqualTo(first.parametersSha256());
        assertThat(second.optimizerStateSha256()).isEqualTo(first.optimizerStateSha256());
        Metrics test = Evaluator.evaluate(spark, data, Rings.network(), first.parameters(), Split.TEST);
        assertThat(test.value("accuracy").orElseThrow()).isGreaterThan(0.85);
    }

    @Test
    void evaluationGivesTheSameValuesEveryTime() {
        TrainedModel model = train(Rings.training(1, 0.01, Optional.empty()), 1);

        assertThat(Evaluator.evaluate(spark, data, Rings.network(), model.parameters(), Split.TRAIN))
                .isEqualTo(Evaluator.evaluate(spark, data, Rings.network(), model.parameters(), Split.TRAIN));
    }

    @Test
    void theListenerHearsOfTheFirstAndTheLastEpochAndOfShortOnesBetweenAsTimeAllows() {
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
        TrainedModel model =
                Trainer.train(spark, data, Rings.network(), Rings.training(3, 0.01, Optional.empty()), 2, listener);

        assertThat(model.history()).containsSubsequence(epochs);
        assertThat(epochs)
                .startsWith(model.history().get(0))
                .endsWith(model.history().get(2));
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
        TrainedModel model = Trainer.train(
                spark, data, Rings.network(), Rings.training(100_000, 0.01, Optional.empty()), 2, listener);

        assertThat(model.ending()).isEqualTo(Ending.REQUESTED);
    }

    @Test
    void earlyStoppingStopsBeforeTheLastEpoch() {
        EarlyStopping rule = new EarlyStopping("validation", "accuracy", 3, 0, true);
        TrainedModel model = train(Rings.training(2000, 0.02, Optional.of(rule)), 2);

        assertThat(model.ending()).isEqualTo(Ending.EARLY);
        assertThat(model.history()).hasSizeBetween(4, 1999);
        double best = model.history().stream()
                .mapToDouble(e -> e.validation().orElseThrow().value("accuracy").orElseThrow())
                .max()
                .orElseThrow();
        assertThat(Evaluator.evaluate(spark, data, Rings.network(), model.parameters(), Split.VALIDATION)
                        .value("accuracy"))
                .hasValue(best);
    }
}
