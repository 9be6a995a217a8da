package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.worker.averaging.AveragingSpec;
import dev.starling.worker.gang.Outcome.Ending;
import dev.starling.worker.gang.TrainingSpec.EarlyStopping;
import dev.starling.worker.gang.TrainingSpec.OptimizerStatePolicy;
import dev.starling.worker.metrics.Metrics;
import dev.starling.worker.optimizer.OptimizerSpec;
import dev.starling.worker.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ResumeTest {
    private static final int RANKS = 3;
    private static final OptimizerSpec ADAM = new OptimizerSpec.Adam(new Schedule.Constant(0.05), 0.9, 0.999, 1e-7, 0);

    @ParameterizedTest
    @EnumSource(OptimizerStatePolicy.class)
    void fromEveryRoundTrainingGoesOnToTheBit(OptimizerStatePolicy policy) {
        TrainingSpec spec = Gang.spec(ADAM, 4, 3, 3, Optional.empty(), policy);
        Kept kept = new Kept(RANKS);
        List<Gang.Result> whole = train(spec, RANKS, kept::writer);

        // 101 examples over 3 replicas are 9 batches each, 3 rounds an epoch; after the very last nothing is kept.
        assertThat(kept.positions()).hasSize(8).contains(new Position(0, 1), new Position(1, 0), new Position(2, 2));
        for (Position position : kept.positions()) {
            assertSame(train(spec, RANKS, rank -> kept.reader(position, rank, RANKS)), whole);
        }
    }

    static List<Arguments> strategies() {
        List<Arguments> cases = new ArrayList<>();
        for (OptimizerStatePolicy policy : OptimizerStatePolicy.values()) {
            cases.add(Arguments.of(new AveragingSpec.SlowMo(3, 0.9, 0.6), policy, false));
            cases.add(Arguments.of(new AveragingSpec.DiLoCo(3, 0.7, 0.6), policy, false));
            cases.add(Arguments.of(new AveragingSpec.Every(2), policy, true));
            cases.add(Arguments.of(new AveragingSpec.DiLoCo(2, 0.7, 0.6), policy, true));
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void momentaOverRoundsAndMeansUnderWayGoOnToo(
            AveragingSpec strategy, OptimizerStatePolicy policy, boolean overlap) {
        TrainingSpec spec = Gang.spec(ADAM, 3, strategy, policy, overlap);
        Kept kept = new Kept(RANKS);
        List<Gang.Result> whole = train(spec, RANKS, kept::writer);

        assertSame(train(spec, RANKS, rank -> Checkpoints.NONE), whole);
        assertThat(kept.positions()).hasSizeGreaterThan(5).contains(new Position(1, 0), new Position(2, 2));
        for (Position position : kept.positions()) {
            assertSame(train(spec, RANKS, rank -> kept.reader(position, rank, RANKS)), whole);
        }
    }

    @Test
    void keepingCheckpointsChangesNothing() {
        TrainingSpec spec = Gang.spec(ADAM, 4, 3, 3);

        assertSame(train(spec, RANKS, new Kept(RANKS)::writer), train(spec, RANKS, rank -> Checkpoints.NONE));
    }

    @Test
    void patienceAndTheBestParametersGoOnToo() {
        // A rate too high for the loss to fall for long, so that the best epoch lies before the last.
        OptimizerSpec coarse = new OptimizerSpec.Sgd(new Schedule.Constant(0.45), 0.6, false, 0);
        EarlyStopping rule = new EarlyStopping("validation", "loss", 4, 0, true);
        TrainingSpec spec = Gang.spec(coarse, 4, 60, 3, Optional.of(rule), OptimizerStatePolicy.AVERAGE);
        Kept kept = new Kept(RANKS);
        List<Gang.Result> whole = train(spec, RANKS, kept::writer);

        assertThat(whole.get(0).outcome().ending()).isEqualTo(Ending.EARLY);
        Position last = kept.positions().get(kept.positions().size() - 1);
        assertThat(last.epoch()).isGreaterThan(4);
        assertSame(train(spec, RANKS, rank -> kept.reader(last, rank, RANKS)), whole);
        assertSame(train(spec, RANKS, rank -> kept.reader(new Position(3, 0), rank, RANKS)), whole);
    }

    @Test
    void anotherNumberOfReplicasGoesOnFromAnEpochsEnd() {
        TrainingSpec spec = Gang.spec(ADAM, 4, 12, 3, Optional.empty(), OptimizerStatePolicy.KEEP);
        Kept kept = new Kept(RANKS);
        List<Gang.Result> three = train(spec, RANKS, kept::writer);

        List<Gang.Result> two = train(spec, 2, rank -> kept.reader(new Position(6, 0), rank, 2));

        Outcome outcome = two.get(0).outcome();
        assertThat(outcome.history()).hasSize(12);
        assertThat(values(outcome).subList(0, 6))
                .isEqualTo(values(three.get(0).outcome()).subList(0, 6));
        // It learns on from where the three were, not from the start.
        double before = outcome.history().get(5).train().loss();
        assertThat(outcome.history().subList(6, 12))
                .allSatisfy(epoch -> assertThat(epoch.train().loss()).isLessThan(before));
    }

    private static List<Gang.Result> train(TrainingSpec spec, int ranks, IntFunction<Checkpoints> checkpoints) {
        return Gang.train(
                spec, Gang.dealt(101, ranks), Gang.blocksFor(ranks, 4), ProgressSink.NONE, () -> false, checkpoints);
    }

    /** All but the times. */
    private static void assertSame(List<Gang.Result> resumed, List<Gang.Result> whole) {
        for (int rank = 0; rank < RANKS; rank++) {
            assertThat(resumed.get(rank).parameters()).isEqualTo(whole.get(rank).parameters());
            assertThat(resumed.get(rank).state()).isEqualTo(whole.get(rank).state());
            assertThat(values(resumed.get(rank).outcome()))
                    .isEqualTo(values(whole.get(rank).outcome()));
            assertThat(resumed.get(rank).outcome().ending())
                    .isEqualTo(whole.get(rank).outcome().ending());
        }
    }

    private static List<List<Metrics>> values(Outcome outcome) {
        return outcome.history().stream()
                .map(e -> List.of(e.train(), e.validation().orElseThrow()))
                .toList();
    }
}
