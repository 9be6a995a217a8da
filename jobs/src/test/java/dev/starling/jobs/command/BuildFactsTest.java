package dev.starling.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildFactsTest {
    @Test
    void theBuildFillsInEveryVersion() {
        assertThat(BuildFacts.read().versions())
                .containsKeys("starling", "deeplearning4j", "nd4j", "nd4j-native", "onednn")
                .allSatisfy((name, version) ->
                        assertThat(version).doesNotContain("$").isNotBlank());
    }

    @Test
    void theCommitStandsBehindThePlus() {
        assertThat(BuildFacts.commit(Optional.of("0.1.0+0123456789ab.modified")))
                .isEqualTo("0123456789ab.modified");
        assertThat(BuildFacts.commit(Optional.of("0.1.0"))).isEqualTo("unknown");
        assertThat(BuildFacts.commit(Optional.empty())).isEqualTo("unknown");
    }
}
