package dev.starling.driver.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void everyEpochEndIsDueOnceTheLastLiesFiveSecondsBack() {
        // Four rounds an epoch; one round a second, then ten a second.
        assertThat(taken(new CheckpointRule.Epochs(1), 4, SECOND, 16)).containsExactly(8, 16);
        assertThat(taken(new CheckpointRule.Epochs(1), 4, 10 * SECOND, 8)).containsExactly(4, 8);
        assertThat(taken(new CheckpointRule.Epochs(1), 4, SECOND / 1000, 4000)).isEmpty();
        assertThat(taken(new CheckpointRule.Epochs(2), 4, 10 * SECOND, 16)).containsExactly(8, 16);
    }

    @Test
    void roundsAreCountedAndTheEpochsEndAfterOneIsKeptToo() {
        assertThat(taken(new CheckpointRule.Rounds(3), 8, 1, 24)).containsExactly(3, 6, 8, 11, 14, 16, 19, 22, 24);
        assertThat(taken(new CheckpointRule.Rounds(4), 4, 1, 12)).containsExactly(4, 8, 12);
        assertThat(taken(new CheckpointRule.Rounds(10), 4, 1, 24)).containsExactly(10, 12, 22, 24);
    }

    @Test
    void timeIsMeasuredFromTheLast() {
        CheckpointRule rule = new CheckpointRule.Time(Duration.ofMinutes(5));

        assertThat(taken(rule, 1000, 70 * SECOND, 15)).containsExactly(5, 10, 15);
        assertThat(taken(rule, 6, 70 * SECOND, 12)).containsExactly(5, 6, 11, 12);
    }

    /** Rounds, from 1, after which a checkpoint is taken. */
    private static List<Integer> taken(CheckpointRule rule, int perEpoch, long nanosPerRound, int rounds) {
        Pace pace = new Pace(rule, 0);
        List<Integer> taken = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            boolean endsEpoch = round % perEpoch == 0;
            if (pace.isDue(endsEpoch, round * nanosPerRound)) {
                pace.taken(endsEpoch, round * nanosPerRound);
                taken.add(round);
            }
        }
        return taken;
    }
}
