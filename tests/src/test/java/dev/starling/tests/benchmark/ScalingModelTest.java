package dev.starling.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalingModelTest {
    private static final double STEP = 0.010;
    private static final double FLOATS = 1e6;
    private static final double BANDWIDTH = 125e6;
    private static final double PER_PEER = 0.001;

    private static final ScalingModel MODEL = new ScalingModel(STEP, 0, FLOATS, BANDWIDTH, PER_PEER);

    @Test
    void oneReplicaIsAsFastAsItself() {
        assertThat(MODEL.efficiency(1, 1)).isEqualTo(1);
        assertThat(new ScalingModel(STEP, 0.005, FLOATS, BANDWIDTH, PER_PEER).efficiency(1, 7))
                .isEqualTo(1, within(1e-12));
    }

    @Test
    void averagingIsTheCostOfPeersAndTheTimeOfTheBytes() {
        // Two replicas send each half of 4 MB up and down, 32 ms at 125 MB/s; of four each sends 3/4 up and 3/4 down.
        assertThat(MODEL.averaging(2)).isEqualTo(0.001 + 0.032, within(1e-12));
        assertThat(MODEL.averaging(4)).isEqualTo(0.003 + 0.048, within(1e-12));
        assertThat(MODEL.averaging(1024)).isEqualTo(1.023 + 0.064 * 1023 / 1024, within(1e-12));
    }

    @Test
    void efficiencyIsTheStepsShareOfARound() {
        assertThat(MODEL.efficiency(2, 1)).isEqualTo(10.0 / (10 + 33), within(1e-12));
        assertThat(MODEL.efficiency(4, 20)).isEqualTo(200.0 / (200 + 51), within(1e-12));
    }

    @Test
    void replicasWaitForTheSlowestByTheRootOfTheSteps() {
        ScalingModel uneven = new ScalingModel(STEP, 0.002, FLOATS, BANDWIDTH, PER_PEER);
        double once = uneven.round(64, 1) - MODEL.round(64, 1);
        assertThat(once).isEqualTo(0.002 * ScalingModel.largest(64), within(1e-12));
        assertThat(uneven.round(64, 25) - MODEL.round(64, 25)).isEqualTo(5 * once, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 64, 1024})
    void theLargestOfManyIsWhatDrawingThemGives(int replicas) {
        Random random = new Random(7);
        int draws = 4000;
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            sum += random.doubles(replicas, 0, 1)
                    .map(u -> random.nextGaussian())
                    .max()
                    .orElseThrow();
        }
        assertThat(ScalingModel.largest(replicas)).isEqualTo(sum / draws, within(0.04));
    }
}
