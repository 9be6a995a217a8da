package dev.starling.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 64 replicas in one JVM, real averagings between steps that sleep, against {@link ScalingModel}. Rounds of one step measure what an averaging costs here; the model has to tell the longer ones. Judged by the clock, so of the full run, on a quiet machine. */
@Tag("full")
@Timeout(60)
class ScalingSimulationTest {
    private static final int REPLICAS = 64;
    private static final double STEP = 0.010;

    private static ScalingModel model(double jitter, double averaging) {
        // All of the averaging as bytes: the wire here is this machine's memory.
        double floats = 1;
        return new ScalingModel(STEP, jitter, floats, 2 * Float.BYTES * floats * (1 - 1.0 / REPLICAS) / averaging, 0);
    }

    @Test
    void efficiencyRisesWithTheLengthOfRoundsAsTheModelSays() {
        SleepingGang gang = new SleepingGang(REPLICAS, 200_000, STEP, 0);
        // Compiled, an averaging takes a third of what it takes at first.
        gang.rounds(new int[] {0}, 50);
        Map<Integer, Double> rounds = gang.rounds(new int[] {1, 4, 16, 64}, 5);
        ScalingModel model = model(0, rounds.get(1) - STEP);
        for (int steps : new int[] {4, 16, 64}) {
            assertThat(steps * STEP / rounds.get(steps))
                    .as("efficiency at H = %d, of rounds %s", steps, rounds)
                    .isEqualTo(model.efficiency(REPLICAS, steps), within(0.15));
        }
    }

    @Test
    void theSlowestReplicaCostsTheRootOfTheStepsAsTheModelSays() {
        double jitter = 0.004;
        Map<Integer, Double> rounds = new SleepingGang(REPLICAS, 1000, STEP, jitter).rounds(new int[] {1, 4, 64}, 6);
        double averaging = rounds.get(1) - STEP - jitter * ScalingModel.largest(REPLICAS);
        ScalingModel model = model(jitter, averaging);
        for (int steps : new int[] {4, 64}) {
            assertThat(rounds.get(steps))
                    .as("seconds at H = %d, of rounds %s", steps, rounds)
                    .isEqualTo(model.round(REPLICAS, steps), within(0.2 * model.round(REPLICAS, steps)));
        }
    }
}
