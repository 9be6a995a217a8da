package dev.starling.driver.selection.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.driver.LocalSpark;
import dev.starling.driver.data.PreparedData;
import dev.starling.driver.data.RawData;
import dev.starling.driver.selection.pool.Unit.Span;
import dev.starling.driver.selection.pool.UnitFailure.Cause;
import dev.starling.driver.training.ProgressListener;
import dev.starling.driver.training.TrainedModel;
import dev.starling.driver.training.Trainer;
import dev.starling.worker.data.Split;
import dev.starling.worker.gang.EpochReport;
import dev.starling.worker.gang.TrainingSpec;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.network.Activation;
import dev.starling.worker.network.Dense;
import dev.starling.worker.network.Weights;
import dev.starling.worker.step.StepChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PoolTest {
    @TempDir
    static Path folder;

    private static JavaSparkContext spark;
    private static RawData data;
    private static RowChoice holdOut;

    @BeforeAll
    static void open() {
        spark = LocalSpark.context();
        data = Rings.raw(folder);
        holdOut = RowChoice.holdOut(data);
    }

    @AfterAll
    static void close() {
        data.close();
    }

    private static Queue run(int slots, List<Unit> units) {
        Queue queue = new Queue(List.of(holdOut), units);
        Pool.run(spark, data, queue, slots);
        return queue;
    }

    private static Unit unit(int id, int hidden, int epochs) {
        return Rings.unit(id, Rings.layers(hidden), Rings.training(epochs, 0.01, StepChoice.PLANNED));
    }

    @ParameterizedTest
    @EnumSource(
            value = StepChoice.class,
            names = {"PLANNED", "REFERENCE"})
    void aUnitTrainsAsTheOnlyReplicaOfAGangDoesToTheBit(StepChoice step) {
        Unit unit = Rings.unit(0, Rings.layers(8), Rings.training(3, 0.01, step));

        UnitResult result = run(1, List.of(unit)).results.get(0);

        try (PreparedData prepared = Rings.prepared(folder)) {
            TrainedModel model = Trainer.train(
                    spark,
                    prepared,
                    Rings.network(8, prepared.preparation().featureSize()),
                    unit.recipe().training(),
                    1,
                    ProgressListener.NONE);
            assertThat(trained(result.history())).isEqualTo(trained(model.history()));
        }
    }

    /** All values of all epochs but the times. */
    private static List<Object> trained(List<EpochReport> history) {
        List<Object> values = new ArrayList<>();
        history.forEach(report -> {
            values.add(report.train());
            values.add(report.validation().orElseThrow());
        });
        return values;
    }

    @Test
    void unitsInParallelGiveWhatTheyGiveInSequenceToTheBit() {
        List<Unit> units =
                IntStream.range(0, 6).mapToObj(i -> unit(i, 4 + i / 2, 4)).toList();
        List<Unit> reversed = new ArrayList<>(units);
        Collections.reverse(reversed);

        Queue two = new Queue(List.of(holdOut), units) {
            private final Set<Integer> there = new HashSet<>();

            /** Nothing before both slots are there: the first could have done all until the second begins. */
            @Override
            public Answer next(int slot) {
                there.add(slot);
                return there.size() < 2 ? new Answer.Wait() : super.next(slot);
            }
        };
        Pool.run(spark, data, two, 2);
        Queue one = run(1, reversed);

        assertThat(two.slots).contains(0, 1);
        assertThat(one.slots).containsOnly(0);
        for (Unit unit : units) {
            UnitResult a = two.results.get(unit.id());
            UnitResult b = one.results.get(unit.id());
            assertThat(a.metrics()).isEqualTo(b.metrics());
            assertThat(trained(a.history())).isEqualTo(trained(b.history()));
        }
    }

    @Test
    void aUnitThatFailsIsToldWithItsCauseAndAllOthersFinish() {
        Dense wild = new Dense("classes", 2, Activation.Simple.SOFTMAX, Weights.DEFAULT);
        Dense huge = new Dense("huge", 40_000, Activation.Simple.RELU, Weights.DEFAULT);
        Dense last = new Dense("classes", 3, Activation.Simple.SOFTMAX, Weights.DEFAULT);
        Dense more = new Dense("more", 10_000, Activation.Simple.RELU, Weights.DEFAULT);
        List<Unit> units = List.of(
                unit(0, 8, 2),
                Rings.unit(1, Rings.layers(8), Rings.training(20, 1e30, StepChoice.PLANNED)),
                Rings.unit(2, List.of(wild), Rings.training(1, 0.01, StepChoice.PLANNED)),
                unit(3, 8, 2),
                Rings.unit(4, List.of(huge, more, last), Rings.training(1, 0.01, StepChoice.PLANNED)),
                unit(5, 8, 2),
                unit(6, 8, 2));

        Queue queue = run(2, units);

        assertThat(queue.results).containsOnlyKeys(0, 3, 5, 6);
        assertThat(queue.failures).containsOnlyKeys(1, 2, 4);
        assertThat(queue.failures.get(1).cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(queue.failures.get(1).message()).startsWith("Cannot go on training: ");
        assertThat(queue.failures.get(2).cause()).isEqualTo(Cause.INVALID);
        assertThat(queue.failures.get(2).message())
                .contains("the last layer has 2 outputs and the target has 3 classes");
        assertThat(queue.failures.get(4).cause())
                .as(queue.failures.get(4).trace())
                .isEqualTo(Cause.OUT_OF_MEMORY);
        assertThat(queue.results.get(6).metrics())
                .isEqualTo(queue.results.get(0).metrics());
    }

    @Test
    void aUnitThatIsFollowedEndsWhereTheSourceSaysSo() {
        Unit unit = unit(0, 8, 9);
        Unit followed = new Unit(0, "followed", unit.recipe(), 0, unit.epochs(), new Unit.Wanted(true, false, "", ""));
        Queue queue = new Queue(List.of(holdOut), List.of(followed), 3);

        Pool.run(spark, data, queue, 2);

        assertThat(queue.epochs).containsExactly(1, 2, 3);
        assertThat(queue.results.get(0).history()).hasSize(3);
        assertThat(queue.results.get(0).metrics().get(Split.VALIDATION))
                .isEqualTo(queue.results.get(0).history().get(2).validation().orElseThrow());
    }

    @Test
    void whatTheSourceThrowsComesOutAndEndsThePool() {
        Queue broken = new Queue(List.of(), List.of(unit(0, 8, 2), unit(1, 8, 2), unit(2, 8, 2)));

        assertThatThrownBy(() -> Pool.run(spark, data, broken, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refittingLearnsFromAllButTheTestRowsAndIsScoredOnThose() {
        Queue queue = new Queue(List.of(RowChoice.refit(data)), List.of(unit(0, 8, 2)));

        Pool.run(spark, data, queue, 1);

        UnitResult result = queue.results.get(0);
        assertThat(result.metrics()).containsOnlyKeys(Split.TRAIN, Split.TEST);
        assertThat(result.metrics().get(Split.TRAIN).examples()).isEqualTo(data.rows() - data.rows(Split.TEST));
        assertThat(result.metrics().get(Split.TEST).examples()).isEqualTo(data.rows(Split.TEST));
        assertThat(result.predictions().orElseThrow().outputs()).hasSize(3 * (int) data.rows(Split.TEST));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aUnitGoesOnFromWhereAnotherPausedToTheBit(boolean stopsEarly) {
        TrainingSpec training = Rings.training(6, 0.01, StepChoice.PLANNED);
        EarlyStopping rule = new EarlyStopping("validation", "loss", 2, 0.02, true);
        Recipe recipe = Rings.unit(0, Rings.layers(8), training.withEpochs(6, stopsEarly ? List.of(rule) : List.of()))
                .recipe();
        String state = folder.resolve("paused-" + stopsEarly).toUri().toString();
        Unit.Wanted pauses = new Unit.Wanted(false, false, "", state);
        Unit whole = new Unit(0, "whole", recipe, 0, Span.all(6), Unit.Wanted.METRICS);
        Unit begins = new Unit(1, "begins", recipe, 0, new Span(0, 3, ""), pauses);
        Unit ends = new Unit(2, "ends", recipe, 0, new Span(3, 6, state), Unit.Wanted.METRICS);

        Queue queue = run(1, List.of(whole, begins, ends));

        assertThat(queue.failures).isEmpty();
        UnitResult all = queue.results.get(0);
        List<EpochReport> parts = new ArrayList<>(queue.results.get(1).history());
        assertThat(parts).hasSize(3);
        parts.addAll(queue.results.get(2).history());
        assertThat(trained(parts)).isEqualTo(trained(all.history()));
        assertThat(queue.results.get(2).metrics()).isEqualTo(all.metrics());
        assertThat(queue.results.get(2).ending()).isEqualTo(all.ending());
    }

    /** Prints what one of 150 units on one slot costs: from its being handed out to the next one's, less its epochs. */
    @Test
    void oneSlotTrainsManyUnitsOneAfterTheOther() {
        List<Unit> units =
                IntStream.range(0, 150).mapToObj(i -> unit(i, 4 + i % 3, 1)).toList();
        List<Long> handedOut = new ArrayList<>();
        List<Double> training = new ArrayList<>();
        Queue queue = new Queue(List.of(holdOut), units) {
            @Override
            public Answer next(int slot) {
                handedOut.add(System.nanoTime());
                return super.next(slot);
            }

            @Override
            public void finished(Unit unit, UnitResult result) {
                training.add(result.trainingSeconds());
                super.finished(unit, result);
            }
        };

        Pool.run(spark, data, queue, 1);

        double[] beyond = IntStream.range(0, 150)
                .mapToDouble(i -> (handedOut.get(i + 1) - handedOut.get(i)) / 1e6 - 1000 * training.get(i))
                .sorted()
                .toArray();
        System.out.printf("a unit beyond its training: median %.2f ms, 90%% %.2f ms%n", beyond[75], beyond[135]);
        assertThat(queue.failures).isEmpty();
        assertThat(queue.results).hasSize(150);
    }
}
