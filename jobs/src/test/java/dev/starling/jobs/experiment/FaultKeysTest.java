package dev.starling.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.driver.checkpoint.CheckpointRule;
import dev.starling.driver.training.FaultSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultKeysTest {
    @Test
    void withoutKeysAnEpochIsKeptAndThreeRetriesAreMade() {
        assertThat(Given.small().parse().faults())
                .isEqualTo(new FaultSpec(new CheckpointRule.Epochs(1), 2, Duration.ofSeconds(60), 3))
                .isEqualTo(FaultSpec.DEFAULT);
    }

    @Test
    void everyKeyArrives() {
        FaultSpec faults = Given.small()
                .set("cluster.checkpoint={every: 200 rounds, keep: 3}")
                .set("cluster.peerTimeout=2m")
                .set("cluster.retries=0")
                .parse()
                .faults();

        assertThat(faults).isEqualTo(new FaultSpec(new CheckpointRule.Rounds(200), 3, Duration.ofMinutes(2), 0));
    }

    @Test
    void aCheckpointComesByEpochsRoundsOrTime() {
        assertThat(rule("1 epoch")).isEqualTo(new CheckpointRule.Epochs(1));
        assertThat(rule("3 epochs")).isEqualTo(new CheckpointRule.Epochs(3));
        assertThat(rule("1 round")).isEqualTo(new CheckpointRule.Rounds(1));
        assertThat(rule("90s")).isEqualTo(new CheckpointRule.Time(Duration.ofSeconds(90)));
        assertThat(rule("2h")).isEqualTo(new CheckpointRule.Time(Duration.ofHours(2)));
    }

    @Test
    void whatIsNoneOfThemIsToldAllAtOnce() {
        Given wrong = Given.small()
                .set("cluster.checkpoint.every=0 epochs")
                .set("cluster.checkpoint.keep=0")
                .set("cluster.peerTimeout=60")
                .set("cluster.retries=-1");

        assertThat(wrong.problems())
                .containsExactlyInAnyOrder(
                        "--set cluster.checkpoint.every=0 epochs: cluster.checkpoint.every: 0 epochs"
                                + " (expected a number of epochs or rounds, or a time, such as 1 epoch, 200 rounds or 5m)",
                        "--set cluster.checkpoint.keep=0: cluster.checkpoint.keep: 0 (expected a whole number, at least 1)",
                        "--set cluster.peerTimeout=60: cluster.peerTimeout: 60"
                                + " (expected a time above 0 in s, m or h, such as 90s, 5m or 2h)",
                        "--set cluster.retries=-1: cluster.retries: -1 (expected a whole number, at least 0)");
    }

    private static CheckpointRule rule(String every) {
        return Given.small()
                .set("cluster.checkpoint.every=" + every)
                .parse()
                .faults()
                .checkpoint();
    }
}
