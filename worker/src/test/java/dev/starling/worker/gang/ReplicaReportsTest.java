package dev.starling.worker.gang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.starling.worker.data.EpochOrder;
import dev.starling.worker.data.Seeds;
import dev.starling.worker.memory.FlatVector;
import dev.starling.worker.optimizer.Clipping;
import dev.starling.worker.optimizer.Optimizer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicaReportsTest {
    @Test
    void trainingLearnsAndValidationDoesNotDependOnWhoValidatesWhat() {
        TrainingSpec spec = Gang.spec(Gang.SGD, 4, 20, 2);
        List<Gang.Result> spread = Gang.train(spec, Gang.dealt(60, 3), Gang.blocksFor(3, 7));
        List<List<ValidationBlock>> allAtRankOne =
                List.of(List.of(), Gang.blocksFor(1, 7).get(0), List.of());
        List<Gang.Result> together = Gang.train(spec, Gang.dealt(60, 3), allAtRankOne);

        assertThat(Gang.validation(spread)).isEqualTo(Gang.validation(together));
        assertThat(Gang.validation(spread).get(19).examples()).isEqualTo(140);
        assertThat(Gang.validation(spread).get(19).value("r2").orElseThrow()).isGreaterThan(0.99);
        double w1 = spread.get(0).parameters()[1];
        assertThat(w1).isCloseTo(-2, within(0.1));
    }

    @Test
    void trainValuesAreRunningMeansWithThePenaltyOfEachStep() {
        TrainingSpec spec = Gang.spec(Gang.SGD, 5, 1, 1);
        Gang.Result result =
                Gang.train(spec, Gang.dealt(10, 1), Gang.noValidation(1)).get(0);

        LinearStep step = new LinearStep(Gang.INPUTS, 5);
        Optimizer optimizer = new Optimizer(Gang.SGD, new Clipping.None(), Gang.blocks(), Gang.INPUTS + 1);
        int[] order = EpochOrder.shuffled(10, Seeds.derive(7, Seeds.Purpose.SHUFFLE, 0, 0));
        double mean = 0;
        for (int batch = 0; batch < 2; batch++) {
            Gang.examples(0, 1, 10).gather(order, 5 * batch, 5, step.features(), step.targets());
            double penalty = 0;
            for (int i = 0; i < Gang.INPUTS; i++) {
                penalty += 0.001 * Math.pow(step.parameters().floats().get(i), 2);
            }
            step.train(5, 0);
            for (int i = 0; i < 5; i++) {
                double error = (double) step.outputs().floats().get(i)
                        - step.targets().floats().get(i);
                mean += (error * error + penalty) / 10;
            }
            optimizer.apply(step.parameters(), step.gradient(), FlatVector.allocate(0), batch + 1, 0.05);
        }
        assertThat(result.outcome().history().get(0).train().loss()).isCloseTo(mean, within(1e-7));
    }

    @Test
    void progressCountsTheExamplesOfTheWholeGang() {
        StringBuilder told = new StringBuilder();
        ProgressSink sink = new ProgressSink() {
            @Override
            public void round(int epoch, int round, long examples, double loss) {
                told.append(epoch)
                        .append('.')
                        .append(round)
                        .append(':')
                        .append(examples)
                        .append(' ');
            }

            @Override
            public void epoch(EpochReport report) {
                told.append("| ");
            }
        };
        Gang.train(Gang.spec(Gang.SGD, 4, 2, 2), Gang.dealt(37, 3), Gang.noValidation(3), sink, () -> false);

        assertThat(told).hasToString("1.1:24 1.2:37 | 2.1:24 2.2:37 | ");
    }

    @Test
    void timesAreOfTheEpoch() {
        List<Gang.Result> results = Gang.train(Gang.spec(Gang.SGD, 4, 2, 1), Gang.dealt(400, 2), Gang.noValidation(2));
        for (EpochReport epoch : results.get(0).outcome().history()) {
            assertThat(epoch.trainingSeconds()).isPositive().isGreaterThan(epoch.averagingSeconds());
            assertThat(epoch.averagingSeconds()).isPositive().isGreaterThanOrEqualTo(epoch.waitingSeconds());
            assertThat(epoch.examplesPerSecond()).isEqualTo(400 / epoch.trainingSeconds());
        }
    }
}
